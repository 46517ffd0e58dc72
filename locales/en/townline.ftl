### Every word a person reads, in English. Plain language: short sentences, common words, no jargon.

## The frame of every page

skip-to-main = Skip to main content
site-suffix = 311
nav-main = Main menu
nav-languages = Language
nav-report = Report
nav-requests = Reports
nav-map = Map
nav-desk = Desk
nav-admin = Settings
nav-sign-out = Sign out
footer-help = Need help?
footer-emergency = In an emergency, call 911. Do not use this site.
footer-open-data = Open data (Open311)
footer-staff = Staff sign-in
footer-style = Style guide
footer-themes = Display
theme-device = As on my device
theme-light = Light
theme-dark = Dark
title-error-prefix = Error:
button-continue = Continue
button-search = Search
button-filter = Show
button-save = Save
choose-one = Choose one
never = never
nothing-found = Nothing was found. Try fewer words, or remove a filter.
paging-label = Pages
paging-first = First page
paging-next = Next page

## Dates and times

month-1 = January
month-2 = February
month-3 = March
month-4 = April
month-5 = May
month-6 = June
month-7 = July
month-8 = August
month-9 = September
month-10 = October
month-11 = November
month-12 = December
weekday-1 = Monday
weekday-2 = Tuesday
weekday-3 = Wednesday
weekday-4 = Thursday
weekday-5 = Friday
weekday-6 = Saturday
weekday-7 = Sunday
time-am = AM
time-pm = PM
date = { $month } { $day }, { $year }
date-with-weekday = { $weekday }, { $date }
date-and-time = { $date }, { $time } { $zone }

## Forms

field-required = (required)
field-optional = (optional)
field-error-prefix = Please fix:
faults-heading = Please fix these things
decoy-label = Leave this field empty
fault-decoy = Leave the last field empty. It is there to catch programs that fill in every field.
field-help = What does “{ $label }” mean?
fault-code = Use letters, digits, dots, hyphens and underscores only, beginning with a letter or digit.
fault-duplicate = This is already there. Use another one.
fault-no-choices = Give the answers to choose from.
fault-condition-above = A condition can only look at a question above this one. Another question may depend on this one.
fault-condition-list = Choose answers of one question only.
fault-url = Write a web address that begins with https:// or http://.
fault-phone-number = Write a phone number, such as 617-555-0123 or 911.
fault-zone = Write a time zone such as America/New_York.
fault-host = Write a host name such as 311.example.gov.
fault-calendar = This calendar cannot be used: { $reason }.
fault-ends-first = The end must be after the beginning.
fault-range = Write a whole number between { $from } and { $to }.
fault-hours = Write periods such as 09:00-12:30, 13:30-17:00.
fault-day-line = This line cannot be understood: { $line }
fault-always-closed = Open on at least one day, or nothing could ever be promised.
fault-colour = Write a color as # and six digits or letters from a to f, such as #005ea2.
fault-host-taken = Another town already uses one of these host names.
fault-missing = Fill in this field.
fault-too-long = Use at most { $max } characters.
fault-too-many = Give at most { $max } items.
fault-unreadable = This has characters that cannot be read. Type it again.
fault-email = Write an e-mail address like name@example.com.
fault-phone = Write a phone number with 7 to 15 digits, like 617-555-0123.
fault-service = Choose a service that takes reports.
fault-team = Choose a team from the list.
fault-past = Choose a time that has not passed yet.
fault-answer-required = Answer this question.
fault-answer-unknown = Choose one of the answers in the list.
fault-answer-several = Choose one answer only.
fault-answer-number = Write a number, like 3 or 2.5.
fault-answer-date = Write a date and time, like 2026-05-08 14:30.
fault-note-short = Write at least { $min } letters, so that people know what happened.
fault-note-empty = Say what was done here, in your own words. Standard phrases alone do not tell people anything.
fault-original = Write the number of the other request. It must be a request of this government.
fault-original-duplicate = That request is itself closed as a duplicate. Write the number of the first one.
fault-reopen-late = This was closed more than { $days } days ago. Please send a new report.
fault-nobody-assigned = Assign the request to a team first. Only a team can have done the work.
fault-allowance = Write a time like "3 working days", "4 working hours" or "2 calendar days".
fault-backdated = A change can begin now or later, not in the past. Promises that were given stay.
fault-unknown = This does not exist.
fault-not-taken = This cannot be saved as it is. Check the field.

## Photos

photo-not-a-picture = This file is not a JPEG, PNG or WebP picture. If it is a HEIC photo from an iPhone, take a screenshot of it and send that.
photo-too-large = A photo may have at most { $megabytes } megabytes. Choose a smaller size in your phone's share menu.
photo-too-large-together = All photos together may have at most { $megabytes } megabytes. Send fewer of them.
photo-too-many = Send at most { $max } photos.
photo-too-many-pixels = This picture is too large to open. Send a smaller copy.
photo-no-room = Photos cannot be taken just now. Please go on without one; your report is welcome.
photo-damaged = This picture is damaged and cannot be opened. Choose another one.
photo-alt = Photo { $index } of { $count }, request { $number }

## Home

home-title = Home
home-heading = What can { $town } do for you?
home-search-label = An address, a question or a problem
home-search-hint = For example "missed recycling", "12 Elm Street", or a report number.
home-report-heading = Report a problem
home-report-text = A pothole, a broken street light, a missed pick-up. You do not need an account, and you do not have to give your name.
home-find-heading = Find a service
home-find-text = Everything you can ask us for, in plain words, and whom to ask for the rest.
home-notices-heading = Good to know today
home-requests-heading = Check a report
home-requests-text = Look up a report by its number, or see what others have reported.
home-open = Our staff are at work now, until { $time }.
home-closed = Our offices are closed now. They open on { $date }. You can report at any time.
home-closed-always = Our offices are closed now. You can report at any time.
find-title = Find a service
find-all-title = All services
find-count = { $count ->
    [0] No service fits these words.
    [one] One service fits.
   *[other] { $count } services fit.
}
find-report-anyway = Report it anyway, step by step
find-else-heading = Not what you meant?
find-else-place = It is an address: report something there
find-else-reports = Look for these words in what was reported
service-group-other = Other services

## Reporting

report-steps-label = Steps of your report
report-step-count = Step { $step } of { $count }
report-back = Back
report-step-place = Place
report-step-service = Problem
report-step-known = Known already?
report-step-details = Details
report-step-photos = Photos
report-step-contact = Contact
report-step-review = Check and send
report-place-heading = Where is it?
report-service-heading = What is the problem?
report-known-heading = Do we know of it already?
report-details-heading = What should we know?
report-photos-heading = Do you have a photo?
report-contact-heading = May we contact you?
report-review-heading = Check your report
report-emergency = Is somebody in danger right now? Call 911.
report-place-lead = Give an address, or describe the place in your own words. Either is enough.
report-place-address = Address or street corner
report-place-address-hint = For example: 12 Elm Street, or Elm Street and Oak Avenue.
report-place-words = Describe the place
report-place-words-hint = For example: behind the school, next to the blue gate.
report-place-zip = ZIP code
report-place-missing = Tell us where it is: write an address or describe the place.
report-place-bad-point = The position cannot be right. Write an address instead.
report-place-outside = This place is outside our area, so we cannot help there. Check the address, or ask the town it is in.
report-service-search = Search in your own words
report-service-search-hint = One word or a whole sentence, in English or Spanish.
report-service-found = { $count ->
    [0] No service fits these words. Here are all of them.
    [one] One service fits.
   *[other] { $count } services fit.
}
report-service-label = Choose what fits best
report-service-missing = Choose what the problem is.
report-known-lead = These reports of the same kind are open close by. If yours is one of them, follow it: you hear what happens, and the team gets one task instead of two.
report-known-distance = about { $metres } meters away
report-known-follow = Follow report { $number }
report-known-different = Mine is different: go on
report-details-service = You are reporting: { $service }
report-details-more = Your answers lead to a few more questions.
report-details-description = Describe the problem
report-details-description-hint = What do you see? How long has it been like this? Please leave out names and phone numbers: this text may be published.
report-details-missing = Describe the problem in a few words.
report-photos-label = Photos
report-photos-hint = Up to 5 photos, JPEG, PNG or WebP, 10 megabytes each.
report-photos-privacy = We remove the hidden data that says where and when a photo was taken. Please do not show faces or license plates.
report-photos-kept = { $count ->
    [one] One photo has arrived.
   *[other] { $count } photos have arrived.
}
report-photos-count = { $count ->
    [0] No photos
    [one] One photo
   *[other] { $count } photos
}
report-photos-one = Photo { $number }
report-photos-remove = Remove photos
report-photos-missing = Add at least one photo. The work cannot be planned without it.
report-contact-lead = You decide. We publish neither your name nor how to reach you.
report-contact-wanted = How shall we keep you informed?
report-contact-email = By e-mail
report-contact-sms = By text message
report-contact-no = Not at all: I want to stay unknown
report-contact-no-hint = You get a private link that shows what happens.
sends-no-email = This site sends no e-mail yet. Staff can write to you, and your private link shows what happens.
sends-no-sms = This site sends no text messages yet. Staff can call you, and your private link shows what happens.
report-contact-choose = Choose whether we should keep you informed.
report-contact-no-email = Write your e-mail address, or choose another way.
report-contact-no-phone = Write your phone number, or choose another way.
report-contact-language = In which language shall we write?
report-public-full = Anybody will be able to read your description, see the place and the photos, and what is done about it.
report-public-summary = Anybody will be able to see that there is a report of this kind, roughly where, and what is done about it; not your words and not your photos.
report-public-hidden = Nothing of this report is published. Only you and our staff can see it.
contact-name = Your name
contact-email = E-mail
contact-email-hint = We use it only for this report.
contact-phone = Phone
report-review-lead = Is everything right? You can still change each part.
report-change-place = Change the place
report-change-service = Change the problem
report-change-details = Change the details
report-change-photos = Change the photos
report-change-contact = Change the contact
report-change-review = Check again
button-send-report = Send the report

## A report without a connection

offline-title = Report on one page
offline-lead = This page also opens where there is no connection. Everything is on it, and it can be sent later.
offline-link = No good connection? Write the whole report on one page
offline-online = You have a connection.
offline-offline = You have no connection now. Tick the box below, and the report is sent once you have one.
offline-keep = Keep my report on this device, and send it by itself when there is a connection
offline-keep-hint = It is sent as soon as this page or another page of ours is open with a connection. Whoever uses this device can read it until then. It is deleted after six days, or when you take the tick away.
offline-kept = What you write is kept on this device.
offline-not-kept = It was deleted from this device.
offline-list-heading = Reports on this device
offline-waiting = Your report waits on this device for a connection.
offline-sent = Your report was sent. Its number is %n.
offline-unfinished = Your report has arrived, but something is missing before it can be sent on.
offline-refused = Your report could not be taken. Write it again, or call us.
offline-open = See what happens with it
offline-look = Look at it
offline-go-on = Go on with it
offline-send-now = Send now
offline-delete = Delete it from this device
offline-here = Your place was added, to about %m meters.

## Not ours, or too urgent

stopper-emergency-heading = Call { $number } now
stopper-emergency-text = This can be dangerous. Do not wait for an answer on this site.
stopper-call = Call { $number }
stopper-not-ours-heading = Somebody else takes care of this
stopper-not-ours-whom = Please ask: { $whom }
stopper-visit = Go to { $whom }
stopper-back = Back: it is something else

## The receipt

receipt-title = Thank you. We have your report.
receipt-number-label = Your report number:
receipt-number-text = You can read it out when you call us.
receipt-link-heading = Your private link
receipt-link-text = With this link you can see what happens, add information, and tell us if the problem is not fixed. Whoever has the link can do this, so keep it to yourself.
receipt-code = Code for a phone camera: it opens your private link.
receipt-next-heading = What happens next
receipt-next-1 = { $department } looks at your report and gives it to the right team.
receipt-next-2 = The team does the work, or tells you why it cannot be done.
receipt-next-3 = You get an answer in plain words. If it is not fixed, you can say so.
receipt-print = You can print this page.
receipt-status-link = See the status of your report

## A report and its history

request-title = { $number }: { $service }
request-number = Report { $number }
request-report-same = Report a problem of the same kind
request-back-to-list = Back to the list
place-near = Near { $point } (the exact place is not shown)
place-not-shown = The exact place is not shown.
fact-service = Service
fact-place = Place
fact-received = Received
fact-first-response = First answer by
fact-promised = Promised by
fact-due = Due
fact-typical = Usually
fact-scheduled = Planned for
fact-department = Department
fact-team = Team
fact-channel = Came by
fact-level = Public can see
fact-outcome = Result
promise-passed = This date has passed.
due-passed = Overdue
typical = Four out of five were done within { $days ->
    [one] one day
   *[other] { $days } days
} ({ $count } recent reports of this kind).
typical-unknown = Too few reports of this kind to say.
heading-description = Description
heading-answer = Our answer
heading-photos = Photos
heading-history = What happened
heading-your-report = Your report
heading-facts = At a glance
heading-actions = Actions
heading-contact = Who reported
description-none = No description
status-received = Received
status-triaged = Checked
status-assigned = Handed to a team
status-accepted = Accepted by the team
status-refused = Back for a new decision
status-scheduled = Planned
status-in-progress = Work has begun
status-waiting = Waiting
status-work-ordered = Work ordered
status-closed = Closed
outcome-done = Done
outcome-no-action-needed = Nothing needed to be done
outcome-not-ours = Not our responsibility
outcome-duplicate = Already reported
outcome-could-not = Could not be done
outcome-withdrawn = Withdrawn
author-resident = Resident
author-staff = Staff
author-partner = Partner
author-system = Automatic
happening-received = We received the report.
happening-triaged = We checked what it is about.
happening-assigned = It was handed to a team: { $team }
happening-accepted = The team accepted it.
happening-refused = The team gave it back. Suggested instead: { $team }
happening-scheduled = Work is planned for { $date }.
happening-started = Work has begun.
happening-paused = It is waiting.
happening-paused-until = It is waiting until { $date }.
happening-resumed = It goes on.
happening-work-ordered = The work was ordered.
happening-closed = It was closed: { $outcome }
happening-reopened = It was opened again.
happening-note = Staff wrote a message.
happening-internal-note = Internal note
happening-information = More information was added.
happening-files = { $count ->
    [one] A photo was added.
   *[other] { $count } photos were added.
}
happening-service-changed = It is now about another service: { $service }
happening-hidden = It was hidden from the public.
happening-shown = It is no longer hidden from the public.

## The private status page

track-waiting = We are waiting: { $reason }
track-not-fixed-heading = Not fixed?
track-not-fixed-text = Closed should mean solved. Tell us what is still wrong, and we open the report again.
track-not-fixed-label = What is still wrong?
track-not-fixed-button = This is not fixed
survey-heading = Is it fixed?
survey-text = You are asked once. Your answer helps us; nobody is shown it with your name.
survey-fixed = Is the problem gone?
survey-fixed-yes = Yes
survey-fixed-no = No
survey-satisfaction = How satisfied are you with how we handled it?
survey-satisfaction-5 = Very satisfied
survey-satisfaction-4 = Satisfied
survey-satisfaction-3 = Neither
survey-satisfaction-2 = Not satisfied
survey-satisfaction-1 = Not satisfied at all
survey-button = Send the answer
survey-missing = Say whether the problem is gone.
survey-thanks-fixed = Thank you. You told us that it is fixed.
survey-thanks-not-fixed = Thank you. You told us that it is not fixed. Say below what is still wrong, and we open it again.
survey-others = { $fixed } of { $answers } people who answered say that it was fixed.
fact-others = Others say
photos-before = Before
photos-after = After
track-information-heading = Add information
track-information-label = What else should we know?
track-photos-label = More photos
track-information-button = Send
track-information-missing = Write something or choose a photo.
track-withdraw-heading = No longer needed?
track-withdraw-text = If the problem is gone, you can withdraw your report.
track-withdraw-button = Withdraw my report
track-withdrawn-note = The person who reported this withdrew the report.
track-private = Only you and our staff can see this report.
track-keep-link = Keep the address of this page. It is the only way back to it.

## Everything somebody reported

my-requests-title = Your reports
my-requests-lead = See everything you reported with your e-mail address or phone number. We send a link to it; you need no password.
my-requests-reach = Your e-mail address or phone number
my-requests-reach-hint = The one you gave when you reported.
my-requests-button = Send me a link
my-requests-unreadable = Write an e-mail address like name@example.com, or a phone number like 617-555-0123.
my-requests-no-sender = This site sends no messages yet, so no link can reach you. Use the private link of your receipt, or call us with the number of your report.
my-requests-no-email = This site sends no e-mail yet. Give a phone number.
my-requests-no-sms = This site sends no text messages yet. Give an e-mail address.
my-requests-asked-title = Look for our message
my-requests-asked-text = If something was reported with this address or number, a link is sent to it. It works once, for 15 minutes.
my-requests-open-title = Open your reports
my-requests-open-lead = This link works once. In this browser you then stay signed in for 30 days.
my-requests-open-button = Open my reports
my-requests-of = Reported with { $reach }, the newest first.
my-requests-none = Nothing was reported with this address or number.
my-requests-private = To add something to a report, or to say that it is not fixed, use its private link. Signing out ends this in all your browsers.
my-requests-link = Everything you reported

## Following

follow-heading = Follow this report
follow-text = We send you an e-mail when something happens. Your address is not shown to anybody.
follow-no-sender = This site sends no e-mail yet. You will be told from the day it does; until then, look at this page.
follow-button = Follow
follow-back = Back to the report
following-title = You follow this report
following-text = Keep this private link. With it you can stop following:
following-already = This address already follows the report.
unfollow-heading = Stop following?
unfollow-text = You will get no more e-mails about this report.
unfollow-button = Stop following
unfollowed-title = You no longer follow this report

## The public list and the districts

list-title = What was reported
list-district = Reports in { $district }, as far as their exact place is public.
list-everywhere = Show all
list-received = Received { $date }
list-promised = promised by { $date }
list-none-on-page = Nothing on this page fits. Go on to the next page.
list-feed = Feed of this view (Atom)
list-data = This view as data (GeoJSON)
filter-label = Filter the list
filter-status = Status
filter-status-all = All
filter-status-open = Open
filter-status-late = Promised date has passed
filter-status-closed = Closed
filter-service = Service
filter-service-all = All services
filter-district = District
filter-district-all = Everywhere
filter-team = Team
filter-team-all = All teams
filter-from = Received from
filter-until = Received until
filter-words = Words or number

## When something cannot be done

refusal-home = Go to the first page
refusal-field = What could not be read: { $field }
refusal-correlation = If you write to us about this, please give this number: { $id }
refusal-not-found-title = This page does not exist
refusal-not-found-advice = The address may be mistyped, or what it named is gone or not public. If you used a private link, check that it is complete.
refusal-link-spent-title = This link does not work
refusal-link-spent-advice = It was used already, has run out, or was replaced by a newer one. Ask whoever gave it to you for another.
refusal-method-not-allowed-title = This cannot be done here
refusal-method-not-allowed-advice = The address exists, but not for what was asked. Go back and try again from the page.
refusal-sign-in-needed-title = Please sign in
refusal-sign-in-needed-advice = This page is for staff. Sign in to see it.
refusal-fresh-sign-in-needed-title = Please sign in again
refusal-fresh-sign-in-needed-advice = This change is important, so it needs a sign-in within the last ten minutes.
refusal-second-factor-needed-title = Set up the second step first
refusal-second-factor-needed-advice = Your role needs a second step at sign-in. Set it up, then try again.
refusal-not-allowed-title = This is not yours to do
refusal-not-allowed-advice = Your role does not include this. Ask an administrator if you need it.
refusal-forged-title = We could not check where this came from
refusal-forged-advice = Nothing was changed. Go back, load the page again, and send it once more.
refusal-unreadable-title = This could not be read
refusal-unreadable-advice = Nothing was changed. Go back, check what you sent, and try again.
refusal-too-large-title = This is too much at once
refusal-too-large-advice = Nothing was changed. Go back and send fewer or smaller photos.
refusal-too-slow-title = This took too long
refusal-too-slow-advice = The connection may be slow. Go back and try again, perhaps without photos.
refusal-changed-title = Somebody else was faster
refusal-changed-advice = This was changed while you were working on it. Nothing of yours was saved. Go back, load the page again, and check whether your change is still needed.
refusal-not-now-title = This is not possible now
refusal-not-now-advice = Things have changed since the page was loaded. Go back and load it again.
refusal-too-many-title = Too many tries
refusal-too-many-advice = Please wait a little and try again.
refusal-no-room-title = No room on the disk
refusal-no-room-advice = The service has too little room left for this. Reports from residents are still taken. Whoever runs it has to make room.
refusal-too-much-title = This takes too long to find
refusal-too-much-advice = There is too much to look through. Narrow it down, for example by service, status or dates, and try again.
refusal-unavailable-title = We are very busy
refusal-unavailable-advice = Nothing was lost that you were told is saved. Please try again in a few seconds.
refusal-broken-title = Something went wrong on our side
refusal-broken-advice = We are sorry. It has been noted. Please try again later.

## Signing in

sign-in-title = Staff sign-in
sign-in-lead = For people who work here. To report a problem, you do not need to sign in.
sign-in-again = Please sign in again. What you are about to do needs a recent sign-in.
sign-in-password-set = Your password is set. Sign in with it now.
sign-in-email = E-mail
sign-in-password = Password
sign-in-button = Sign in
sign-in-refused = The e-mail address or the password is not right.
sign-in-kept-heading = Welcome back
sign-in-kept-text = What you had typed is still here. Nothing has been sent yet.
sign-in-send-again = Send it now
sign-in-passkey-lead = Use your passkey, or type a code.
sign-in-passkey-button = Use a passkey
sign-in-passkey-refused = The passkey was not accepted. Try it again, or type a code.
sign-in-or-code = Or with a code
sign-in-code-title = One step more
sign-in-code-lead = Type the six digits that your authenticator app shows now. If you have lost it, type one of your recovery codes.
sign-in-code = Code
sign-in-code-refused = This code is not right, or it was used before. Wait until the app shows the next one.

password-link-invitation-title = Welcome: choose your password
password-link-reset-title = Choose a new password
password-link-lead = You sign in with { $email } and this password.
password-link-password = New password
password-link-hint = At least 15 characters. Several unrelated words work well. Spaces are fine.
password-link-again = The same password again
password-link-differs = The two passwords are not the same. Type both again.
password-link-button = Save the password

second-factor-title = Second step at sign-in
second-factor-owed = Your role sees contact details or changes settings, and the time to put this off is over. Set it up to go on.
second-factor-why = A password can be guessed or stolen. With a passkey or a code from an app on your phone as well, a stolen password opens nothing.
second-factor-since = In use since { $date }.
second-factor-codes-left = { $count ->
    [one] One recovery code is left.
   *[other] { $count } recovery codes are left.
  }
second-factor-app-heading = Authenticator app
second-factor-app-used = In use.
second-factor-app-unused = An app on your phone shows codes that change with the time.
passkeys-heading = Passkeys
passkeys-text = A passkey in your phone, computer or security key signs you in with a touch and works on this site only, so nobody can trick you out of it.
passkey-added = Added { $date }
passkey-used = last used { $date }
passkey-offer-button = Add a passkey
passkey-remove-button = Take this passkey away
passkey-new-title = Add a passkey
passkey-new-lead = Give it a name by which you will know it, then follow your browser: touch a security key, or confirm on your phone or computer.
passkey-name = Name of the passkey
passkey-name-hint = For example: key ring, office laptop
passkey-name-missing = Write a name of at most 100 characters.
passkey-make-button = Make the passkey
passkey-bad = The passkey could not be added. It may be yours already, or it took too long. Try again.
passkey-failed = That did not work. Try again, or go another way.
passkey-needs-script = This needs a browser that runs scripts.
second-factor-offer-button = Set up an app
second-factor-replace-button = Use another app
second-factor-renew-button = Make new recovery codes
second-factor-key-title = Set up your app
second-factor-step-app = Open an authenticator app on your phone. Any that makes codes which change with the time will do.
second-factor-step-camera = Let it scan this code with the camera.
second-factor-code-picture = A code with the address of your account, for the camera of your phone
second-factor-step-link = Or open this link on your phone,
second-factor-step-type = or add an account by hand and type this key:
second-factor-step-code = Type the six digits that the app shows.
second-factor-first-code = Code from the app
second-factor-confirm-button = Use this app from now on
second-factor-code-wrong = This code is not right. Check that the clock of your phone is right, and wait for the next code.
recovery-codes-title = Your recovery codes
recovery-codes-text = Print or write these down and keep them away from your phone. Each opens your account once when the app is lost. They are not shown again.
recovery-codes-done = I have kept them

## The desk

desk-title = Work list
desk-new = New request
desk-back = Back to the work list
desk-nothing = Nothing to do here.
desk-caption = Requests, the most urgent first
desk-counts-label = Open work
desk-count-open = Open: { $count }
desk-count-late = Overdue: { $count }
desk-count-status = { $status }: { $count }
column-number = Number
column-status = Status
column-group = Group
desk-new-channel = How did it reach you?
desk-new-description = What does the caller say?
desk-new-button = Save the request
desk-contact-hint = Looking at this is written to the audit log.
desk-contact-button = Show who reported
desk-contact-none = The person who reported gave no contact.
confidential = hidden by staff
team-none = No team
channel-web = Website
channel-app = App
channel-phone = Phone
channel-email = E-mail
channel-sms = Text message
channel-chat = Chat
channel-social = Social media
channel-letter = Letter
channel-walk-in = Counter
channel-staff = Staff
channel-integration = Another system
level-hidden = Nothing
level-hidden-about = The public does not even see that there is a request.
level-summary = Summary
level-summary-about = Service, status and the rough place, but no words and no photos.
level-full = Everything but the person
level-full-about = Also the description, the exact place and the photos.
action-triage = Check
action-triage-button = Mark as checked
action-service = Change the service
action-service-button = Change the service
action-assign = Hand to a team
action-assign-button = Hand over
action-accept = Accept
action-accept-button = Accept for the team
action-refuse = Refuse
action-refuse-button = Give back
action-schedule = Plan
action-schedule-button = Plan the work
action-start = Begin
action-start-button = Work has begun
action-pause = Wait
action-pause-button = Stop the clock
action-resume = Go on
action-resume-button = Start the clock again
action-order-work = Order the work elsewhere
action-order-work-button = Note the work order
action-close = Close
action-close-button = Close the request
action-close-note-hint = Tell the person who reported what was done or why not. This note is published with the request.
action-close-original-hint = Only for duplicates: the number of the request that was there first.
action-reopen = Open again
action-reopen-button = Open again
action-public-note = Write a public message
action-public-note-button = Publish the message
action-internal-note = Write an internal note
action-internal-note-button = Save the note
action-photos = Add photos
action-photos-button = Add the photos
action-hide = Hide from the public
action-hide-button = Hide the request
action-show = Stop hiding
action-show-button = Stop hiding the request
action-field-service = Service
action-field-team = Team
action-field-reason = Reason
action-field-at = Day and time
action-field-until = Until
action-field-reference = Number of the work order
action-field-system = Name of the other system
action-field-outcome = Result
action-field-note = Note
action-field-original = Number of the first request
action-field-photos = Photos

## Settings

admin-title = Settings
admin-people = People
admin-people-text = Who signs in, and what they may do.
admin-keys = API keys
admin-keys-text = Keys for other systems.
admin-services = Services
admin-services-text = { $count ->
    [one] One service
   *[other] { $count } services
}: names, departments, what the public sees.
admin-targets = Targets
admin-targets-text = What residents are promised, and from when.
admin-jobs = Jobs
admin-jobs-text = { $count ->
    [0] No job has failed for good.
    [one] One job has failed for good.
   *[other] { $count } jobs have failed for good.
}
admin-audit = Audit log
admin-audit-text = Who did what, and whether the log is whole.
people-caption = People who can sign in
person-name = Name
person-email = E-mail
person-roles = Roles
person-last-seen = Last sign-in
person-state = State
person-active = Active
person-disabled = Disabled
person-disabled-since = Disabled since { $date }
person-add-heading = Invite a person
person-add-button = Make the invitation
person-add-text = They set their own password with a link that you hand over. The link is shown once, on the next page.
person-invited = Invited
person-invited-since = Invited on { $date }; has not set a password yet
person-link-text = Make a link with which this person sets a password. Earlier links stop working; the password stays as it is until the link is used.
person-invite-again-button = Make a new invitation link
person-reset-link-button = Make a link to reset the password
link-invitation-title = Invitation link
link-reset-title = Link to reset the password
link-for = For { $name }:
link-ends = It works once, until { $date }.
link-hand-over = Hand it over yourself: this program sends no e-mail yet. It is not shown again, and whoever has it can set the password.
person-name-missing = Write a name of at most 200 characters.
person-roles-missing = Choose at least one role.
person-roles-button = Save the roles
person-disable-button = End access
person-enable-button = Give access again
person-email-taken = Somebody already signs in with this address.
person-last-administrator = At least one administrator must be able to sign in.
person-second-factor-text = If this person has lost both app and recovery codes, take the second step away; they sign out everywhere and set up a new one.
person-second-factor-button = Take the second step away
password-too-short = Use at least { $needed } characters.
password-guessable = This is easy to guess. Use several unrelated words.
password-contains-name = Leave out names of people, of the town and of this program.
role-agent = Agent
role-agent-about = Answers residents and takes in requests.
role-supervisor = Supervisor
role-supervisor-about = Leads the agents of a shift.
role-dispatcher = Dispatcher
role-dispatcher-about = Hands work to teams and follows it to its end.
role-crew = Crew
role-crew-about = Does the work outside. Does not see who reported.
role-editor = Editor
role-editor-about = Writes the answers of the knowledge base.
role-planner = Planner
role-planner-about = Forecasts, staffs and budgets.
role-director = Director
role-director-about = Answers for the whole service. Reads, changes nothing.
role-administrator = Administrator
role-administrator-about = Sets up people, keys, services and targets.
role-auditor = Auditor
role-auditor-about = Reads everything, changes nothing.
keys-caption = Keys, the newest first
key-label = Name
key-label-hint = Who uses it, and for what.
key-label-missing = Write a name of at most 200 characters.
key-prefix = Begins with
key-scopes = May do
key-scopes-missing = Choose at least one thing the key may do.
key-used = Last used
key-state = State
key-active = Active
key-revoked = Revoked
key-expired = Expired
key-expires = Ends on
key-expires-on = ends on { $date }
key-add-heading = Make a key
key-add-button = Make the key
key-revoke-button = Revoke
key-made-heading = The new key
key-made-text = Copy it now. It is shown this one time only.
scope-open311-create = Send in requests, as an app does.
scope-open311-update = Exchange updates, as a contractor's system does.
scope-open311-private = Read requests that are not public, without contact details.
scope-requests-read = Read requests as staff see them, without contact details.
scope-requests-import = Bring in the records of another system.
scope-requests-export = Take out requests in bulk, without contact details.
admin-departments = Departments and teams
admin-departments-text = Who does the work.
departments-caption = Departments with their teams
department-add = Add a department
department-calendar = Calendar
calendar-of-town = The town's calendar
calendar-help = A calendar says on which days and hours somebody works. Promises like “3 working days” are counted on it.
column-teams = Teams
team-add = Add a team
name-in = Name ({ $language })
team-open-requests = Open requests
holds-heading = What hangs on it
holds-nothing = Nothing
button-retire = Retire
button-restore = Take up again
department-retire-text = A retired department is no longer offered for services. Its teams and services stay as they are until you change them.
department-is-retired-text = This department is retired: it is no longer offered for services.
team-retire-text = A retired team gets no more requests. Services that name it leave new requests without a team, to be checked at the desk. Open requests stay with it.
team-is-retired-text = This team is retired: it gets no more requests.
service-add = Add a service
service-add-lead = A new service is hidden from the public until you say otherwise. Everything else is set on its page.
service-add-button = Add the service
service-code-hint = Empty: made from the name. It cannot be changed later.
service-code-help = A short name for programs. Apps that use Open311 send it with each report, and addresses of pages hold it.
service-words = Words
service-who = Who does it
service-team-hint = Gets its requests wherever no other team is named by district.
calendar-of-department = The department's calendar
service-seen = The report and the public
service-photo = Photo
photo-not-asked = Not asked for
photo-welcome = Welcome
photo-required = Needed
service-radius = Same thing within (meters)
service-radius-hint = Empty means about a block: 150 meters.
service-radius-help = When somebody reports, open reports of this service that are closer than this are shown first, so that people can follow one instead of reporting again.
service-stopper = Not taken here
service-stopper-hint = When reports for this are for somebody else, residents are told whom to ask before they type anything.
service-others = Icon and other systems
service-icon = Icon
icon-none = None
service-kind = Answer to other systems
service-kind-help = What a program gets back that sends in a report through Open311: the number at once, a token that becomes a number later, or neither.
kind-realtime = The number at once
kind-batch = A token now, the number later
kind-blackbox = Neither
stopper-kind = Residents are told
stopper-kind-none = Nothing: reports are taken
stopper-kind-emergency = To call at once: it is an emergency
stopper-kind-not-ours = Whom to ask instead: it is not ours
stopper-number = Number to call
stopper-whom = Whom to ask ({ $language })
stopper-url = Their web address
stopper-phone = Their phone number
stopper-advice = What else to say ({ $language })
questions-heading = Questions
questions-lead = Asked of everybody who reports this, in this order. Who has answered keeps the wording they were asked with.
questions-none = No questions yet.
question-is-required = must be answered
question-has-condition = asked only after a certain answer
question-version = version { $version }
question-version-text = Version { $version } is asked now. Saving other words or answers makes a new version; given answers keep theirs.
question-add = Add a question
question-heading = Question { $code }
question-up = Move up
question-down = Move down
question-remove = Remove
question-text = Question ({ $language })
question-hint = Hint ({ $language })
question-datatype = Kind of answer
question-required = It must be answered
question-values = Answers to choose from
question-values-hint = One on each line, the languages with a bar between them: Bike lane | Ciclovía
question-values-help = Only for the two kinds of lists. What stands before “=” is the answer's own code, which never changes; leave it as it is. New lines need none.
question-condition = Ask only after one of these answers
question-condition-hint = Nothing ticked: it is always asked. Tick answers of one question only.
condition-any = Any answer
datatype-string = One line of text
datatype-text = Several lines of text
datatype-number = A number
datatype-datetime = Day and time
datatype-singlevaluelist = One answer from a list
datatype-multivaluelist = Any answers from a list
datatype-shown = No answer: only to be read
stops-heading = “{ $answer }” stops the report
stops-another = Stop the report at an answer
stops-answer = Answer
stops-no-answer = None
preview-heading = As residents see it ({ $language })
preview-button = Show the preview ({ $language })
preview-after = Only after “{ $question }” is answered with: { $answers }
preview-after-any = Only after “{ $question }” is answered
preview-stops = “{ $answer }” ends the report here and says whom to ask.
preview-photo-needed = A photo is needed.
preview-photo-welcome = A photo may be added.
routing-heading = Teams by district
routing-count = { $count ->
    [0] The same team everywhere.
    [one] One district has a team of its own.
   *[other] { $count } districts have a team of their own.
}
routing-link = Choose teams by district
routing-title = { $service }: teams by district
routing-back = Back to the service
routing-lead = The first kind of district in which a team is named decides. Everywhere else the service's usual team gets the requests.
routing-usual = The usual team
routing-no-districts = No districts are known yet. Whoever runs the program can import them; then teams can be chosen here.
targets-none-yet = No target: new requests get no promise.
targets-link = Set a target
target-planned = planned, version { $version }
target-past = past, version { $version }
services-caption = All services
service-code = Code
service-edit-heading = Service { $code }
service-name = Name ({ $language })
service-description = Description ({ $language })
service-group = Group ({ $language })
service-keywords = Search words ({ $language })
service-keywords-hint = Separated by commas.
service-public = What the public sees of its requests
service-active = People can report this
service-is-active = Active
service-is-retired = Retired
targets-lead = A target gives each new request its promise. Promises that were given never change.
targets-caption = Targets by service
targets-without = Services without a target
target-none = none
target-first-response = First answer within
target-resolution = Done within
target-hint = For example: 3 working days, 4 working hours, 2 calendar days. Empty for no target.
target-from = From
target-from-hint = Empty means from now on.
target-in-force = In force (version { $version })
target-set-heading = Set a target
target-button = Set the target
admin-calendars = Calendars
admin-calendars-text = Opening hours and holidays, on which promises are counted.
calendars-lead = Promises in working hours and working days are counted on these. Promises that were given do not move.
calendars-caption = Calendars
calendar-add = Add a calendar
calendar-heading = Calendar { $code }
calendar-is-default = The town's calendar
calendar-code = Short name
calendar-code-hint = Letters, digits and hyphens, such as road-crews. It cannot be changed later.
calendar-week = Opening hours
calendar-hours-hint = Write periods such as 09:00-12:30, 13:30-17:00 with a comma between them. Empty means closed.
calendar-federal = Federal holidays
calendar-federal-help = On the days ticked here, nothing is open. When one falls on a weekend, the weekday on which it is observed is closed too.
calendar-of-states = Holidays of states and cities
calendar-state = Also closed on
calendar-days = Own days
calendar-days-hint = One on each line: a date or a yearly rule, “ = ” and the name. For example: 12-26 = Second day of Christmas
calendar-days-help = Rules are written in English: 2nd monday of october, day after 4th thursday of november, 2 days before easter. Hours may follow after another “ = ”: 2026-11-07 = Early voting = 10:00-14:00 opens then; 12-24 = Christmas Eve = only 00:00-12:00 cuts the day short.
calendar-zone = Time zone
calendar-zone-help = The name of the zone whose clocks count, such as America/New_York or America/Denver.
calendar-default = Use it wherever no other calendar is chosen
calendar-preview-button = Show what it comes to
calendar-preview = What it comes to
calendar-special = Special days of the coming year
calendar-closed = Closed
calendar-not-understood = Something in the form cannot be understood yet.
holiday-new-year = New Year's Day
holiday-king = Birthday of Martin Luther King, Jr.
holiday-washington = Washington's Birthday
holiday-memorial = Memorial Day
holiday-juneteenth = Juneteenth
holiday-independence = Independence Day
holiday-labor = Labor Day
holiday-columbus = Columbus Day or Indigenous Peoples' Day
holiday-veterans = Veterans Day
holiday-thanksgiving = Thanksgiving Day
holiday-christmas = Christmas Day
holiday-lincoln = Lincoln's Birthday (February 12)
holiday-chavez = César Chávez Day (March 31)
holiday-good-friday = Good Friday
holiday-patriots = Patriots' Day (third Monday of April)
holiday-confederate = Confederate Memorial Day (fourth Monday of April)
holiday-pioneer = Pioneer Day (July 24)
holiday-election = Election Day
holiday-after-thanksgiving = Day after Thanksgiving
holiday-christmas-eve = Christmas Eve
holiday-new-years-eve = New Year's Eve
ics-heading = Holidays from a file
ics-title = Holidays from a file for { $code }
ics-file = Calendar file (.ics)
ics-hint = You see what it closes before anything is kept.
ics-help = Calendar programs and many cities offer their holidays as a file whose name ends in .ics. Each event in it becomes a time in which nothing is open.
ics-button = Look at the file
ics-back = Back to the calendar
ics-missing = Choose a file.
ics-too-large = This is too much. A file may have 200 kB, and a calendar 20 files.
ics-unreadable = This is not a calendar file.
ics-bad-line = Line { $line } of the file cannot be used.
ics-found = In the coming year, these days would be closed or shortened:
ics-none-coming = The file can be read, but it closes nothing in the coming year.
ics-keep-button = Keep these holidays
ics-remove = Take imported files out
ics-kept = Imported file { $number }
admin-notices = Notices
admin-notices-text = What residents are told before they report.
notices-lead = Shown on the first page and while somebody reports.
notices-caption = Notices
notice-add = Add a notice
notice-heading = Notice { $code }
notice-words = Notice
notice-text = Notice ({ $language })
notice-service = Service
notice-from = From
notice-until = Until
notice-until-hint = Empty means until somebody removes it.
notice-no-end = No end
notice-shown = Shown now
notice-coming = Coming
notice-past = Past
notice-remove-button = Remove the notice
admin-town = The town
admin-town-text = Its name, how it can be reached, its clock, languages and addresses.
town-contact = How else it can be reached ({ $language })
town-languages = Languages
town-languages-hint = Tags with commas between them, the default first: en, es
town-hosts = Host names
town-hosts-hint = With commas between them. Empty where the town is reached by its path only.
town-hosts-help = The names in the addresses under which people reach these pages, such as 311.example.gov. Each belongs to one town only.
admin-brand = Look
admin-brand-text = Color and logo, checked so that everybody can read them.
brand-colour = Color
brand-colour-hint = Written as # and six digits, such as #005ea2. Empty means the usual blue.
brand-colour-help = It fills the bar on top and colors links and buttons. Words need a contrast of 4.5 to 1 with their ground, so that people with weak eyesight can read them. Where your color has less, a darker or lighter one is used, and you see which.
brand-logo = Logo
brand-logo-hint = PNG, JPEG or WebP, up to 100 kB. It stands beside the name of the town.
brand-logo-remove = Take the logo away
brand-logo-too-large = Choose a picture of at most { $kilobytes } kB.
brand-preview = What it comes to
brand-preview-none = Without a color of its own, the town has the usual blue.
brand-preview-button = Show what it comes to
brand-sample = How it looks: { $theme }
brand-as-chosen = Your color can be read here as it is.
brand-corrected = On this ground your color has a contrast of { $contrast } to 1, or too little on a box. Links and buttons use { $colour } instead.
admin-catalog = Catalog as a file
admin-catalog-text = Take everything residents can ask for out as one file, or bring a file in.
catalog-lead = The file holds calendars, departments, teams, services with their questions and targets, and notices. A file that is brought in adds and changes; it never removes what it does not mention.
catalog-download = Save the catalog (TOML)
catalog-file = Catalog file
catalog-file-hint = You see what it would change before anything is kept.
catalog-look-button = Look at the file
catalog-look-title = What the file would change
catalog-apply-button = Make these changes
catalog-changes = { $count ->
    [one] One entry would be different, { $unchanged } would stay the same.
   *[other] { $count } entries would be different, { $unchanged } would stay the same.
}
catalog-no-changes = This file changes nothing: all { $count } entries are so already.
catalog-line = Line { $line }: { $why }
catalog-added = { $kind } { $code } is added
catalog-changed = { $kind } { $code } is changed
entry-calendar = Calendar
entry-default-calendar = The town's calendar
entry-department = Department
entry-team = Team
entry-service = Service
entry-target = Target of
entry-notice = Notice
jobs-nav = Kinds of jobs
jobs-dead = Failed for good: { $count }
jobs-waiting = Waiting: { $count }
jobs-none = There are none.
jobs-caption = Jobs
job-kind = Kind
job-runs = Due
job-attempts = Tries
job-error = Last error
job-retry-button = Try again
job-discard-button = Give up
audit-caption = Entries, the newest first
audit-at = When
audit-actor = Who
audit-action = What
audit-object = About
audit-detail = Detail
audit-from = From day
audit-until = Until day
audit-checked = Last checked { $date }: all { $count } entries fit.
audit-checked-broken = Last checked { $date }: the log was broken.
audit-never-checked = Nobody has checked yet that the log is whole.
audit-viewing-hint = Who looks here is written to the log, too.
audit-export = Save what is found as a file (CSV, up to 10,000 entries)
audit-noted = It also fits what was noted outside the database: { $date }, { $count } entries.
audit-not-noted = Nothing noted outside the database could be read here. Whoever runs the program can compare with “townline verify --checkpoints”.
audit-check-link = Check that the log is whole
audit-state-title = State of the audit log
audit-whole = { $count ->
    [one] One entry was read. The log is whole.
   *[other] { $count } entries were read. The log is whole.
}
audit-broken = The log is broken. First entry that does not fit: { $place }. Tell whoever is responsible for security.
audit-heads-caption = Where the log ends now. Keep these elsewhere to notice changes.
audit-lane = Lane
audit-entries = Entries
audit-hash = Hash of the last entry

## The style page

style-title = Style guide
style-lead = Every piece our pages are made of, in every state.
style-colours = Colors
style-letters = Letters
style-icons = Icons
style-buttons = Buttons
style-badges = Status and promise
style-boxes = Boxes
style-loading = Loading…
style-cards = Cards
style-steps = Steps
style-timeline = Timeline
style-table = Table
style-fields = Fields
style-any = Any of these
style-wrong = Fields to correct

# The map and finding places
map-title = Map of reports
map-lead = See what was reported and where. The list below the map always has the same reports.
map-label = Map
map-canvas = Map of the town. Use the arrow keys to move, plus and minus to zoom.
map-keys = With the keyboard: arrow keys move the map, plus and minus zoom. The list below shows what is in view.
map-zoom-in = Zoom in
map-zoom-out = Zoom out
map-whole-town = Whole town
map-borders = Show borders of
map-borders-none = Nothing
map-by-district = By district
map-list-heading = { $count ->
    [0] No reports here
    [one] 1 report
   *[other] { $count } reports
  }
map-nothing-here = No public report matches. Change the filters, or zoom out.
map-say-count = %n reports here, %o of them open. Zooming in.
map-say-open = open
district-kind-ward = Wards
district-kind-neighborhood = Neighborhoods
district-kind-police = Police districts
district-kind-zip = ZIP codes
district-kind-works = Public works districts
district-kind-precinct = Precincts
district-kind-council = Council districts
places-title = Find a place
places-words = Address, street corner or place
places-hint = For example: 12 Elm Street, Elm and Oak, or the library.
places-find = Find
places-found = { $count ->
    [0] Nothing found
    [one] 1 place found
   *[other] { $count } places found
  }
places-none = We do not know this place. Check the spelling, or describe it in your own words.
places-in-words = Report with a description of the place
report-place-which = Which of these do you mean?
report-place-as-written = None of these: use what I wrote
place-map-label = Choose the place on a map
place-map-canvas = Map to choose a place. Use the arrow keys to move the cross, plus and minus to zoom, and Enter to choose.
place-map-open = Choose on the map
place-map-here = Use where I am
place-map-choose = This is the place
place-map-keys = Move the map until the cross is on the place, or press the place. With the keyboard: arrow keys, plus and minus, then Enter.
place-map-chosen = Chosen: %p
place-map-unnamed = the marked place
place-map-nowhere = Your device did not say where you are. Write an address instead.

## The desk: working through a list

desk-through-label = Through the list
desk-previous = Previous
desk-next = Next
desk-what = What was reported
desk-map-canvas = Map of the streets around the request
desk-near-heading = Like it, close by
desk-near-none = Nothing open of this kind close by.
desk-conflict-heading = Somebody changed this request while you were writing
desk-conflict-text = Nothing of yours was lost and nothing of theirs was overwritten. Read what happened, then send your form again if it still fits.
desk-conflict-typed = This step is no longer possible. What you had typed:
desk-pick = Choose request { $number }
desk-count-today = Due today or late: { $count }
filter-due = Due
filter-due-all = Any time
filter-due-late = Overdue
filter-due-today = Today or late
filter-due-week = Within 7 days
filter-team-count = { $team } ({ $count })
column-choose = Choose
views-title = Saved views
views-manage = Manage views
views-none = No view is saved yet. Filter the work list, then save what you see under a name.
view-save-heading = Save this view
view-save-button = Save the view
view-name = Name of the view
view-name-missing = Give the view a name.
view-too-many = You have { $max } views already. Remove one first.
view-shared = Share it with everybody at the desk
view-default = Open my desk with it
view-mine = Yours
view-colleagues = Shared by a colleague
view-is-shared = shared with everybody at the desk
view-is-default = your desk opens with it
view-make-default = Open my desk with “{ $name }”
view-no-default = Open my desk with all open requests
view-share = Share “{ $name }”
view-unshare = Stop sharing “{ $name }”
view-remove = Remove “{ $name }”
bulk-heading = With the chosen requests
bulk-count = Chosen:
bulk-all = Choose all on this page
bulk-action = What to do
bulk-button = Do it for all chosen
bulk-no-action = Choose what to do.
bulk-nothing-picked = Choose at least one request.
bulk-too-many = Choose { $max } requests at most.
bulk-title = Many at once: { $action }
bulk-done = { $count ->
    [0] No request was changed.
    [one] One request was changed.
   *[other] { $count } requests were changed.
}
bulk-done-heading = Changed
bulk-refused-heading = Not changed, and why
bulk-undo-until = A mistake? You can take it back until { $time }. The history keeps both steps, and residents who were told will be told again.
bulk-undo-button = Take it back
bulk-undo-reason = Staff took back a step that was made by mistake.
bulk-undone = { $count ->
    [0] Nothing was taken back.
    [one] One request was taken back.
   *[other] { $count } requests were taken back.
}
bulk-kept-heading = Not taken back, and why
bulk-refused-unknown = There is no such request for you.
bulk-refused-not-allowed = You may not do this with it.
bulk-refused-changed = Somebody changed it meanwhile.
bulk-refused-nobody-assigned = No team has it, so nobody can have done it.
bulk-refused-not-now = This does not fit where the request stands now.
bulk-refused-no-team = The team takes no requests any more.
bulk-refused-failed = It was interrupted. Look at the request.

## The desk: commands and keys

nav-go = Go to
nav-go-keys = Ctrl K
go-title = Go to
go-words = Number of a request, or what you are looking for
go-request = Request { $number }: { $service }
go-list = Work list: everything open
go-late = Work list: overdue
go-nobodys = Work list: without a team
go-view = View: { $name }
dialog-close = Close
keys-title = Keys
keys-off = Do not use single letters as keys
key-commands = Go to a request, a page, a view or a step
key-sheet = Show these keys
key-search = Search
key-next = Next request
key-previous = Previous request
key-pick = Choose the request, or no longer
key-bulk = What to do with the chosen requests
key-up = Back to the list
key-new = New request
key-send = Send the form you are writing in

## The desk: live pages

live-over = You are no longer signed in, or this is no longer yours to see. Load the page again to go on.
live-changed = Somebody changed this request just now. What you see is up to date.
live-here = Also here:
live-writing = writing

## The desk: a call

desk-new-address = Address, corner or landmark
desk-new-words = Where exactly, in the caller’s words
desk-new-name = Name of the caller
desk-new-language = Language of the caller
desk-new-found = What fits
desk-new-known = Open already, close by. Does the caller mean one of these?
desk-new-stopped = This is not taken here. Saving shows what to tell the caller.
read-out-title = Request { $number } is saved
read-out-heading = Read this to the caller
read-out-number = Your request has the number { $number }.
read-out-promise = We promise to have it done by { $date }.
read-out-no-promise = I cannot promise you a day for this kind of request.
read-out-end = You can ask about it with this number at any time.
read-out-next = Next caller
read-out-open = Open the request
