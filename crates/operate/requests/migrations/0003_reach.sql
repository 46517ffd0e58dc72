-- What somebody's requests are found by: the address in small letters, the phone number as digits without the country's 1.
alter table request_contact add column email_key text;
alter table request_contact add column phone_key text;

update request_contact set
    email_key = lower(trim(email)),
    phone_key = replace(replace(replace(replace(replace(replace(replace(phone, ' ', ''), '+', ''), '-', ''), '.', ''), '(', ''), ')', ''), '/', '');

update request_contact set phone_key = substr(phone_key, 2) where length(phone_key) = 11 and phone_key like '1%';

create index request_contact_email on request_contact (jurisdiction_id, email_key, request_id) where email_key is not null;
create index request_contact_phone on request_contact (jurisdiction_id, phone_key, request_id) where phone_key is not null;
