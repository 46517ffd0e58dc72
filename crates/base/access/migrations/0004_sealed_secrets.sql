-- Secrets of authenticator apps are sealed with a key outside the database from here on. What was stored readable
-- cannot be sealed by a migration, which has no key, so whoever had set an app up does it once more.
delete from recovery_code;
delete from second_factor;
