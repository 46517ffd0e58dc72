// Every kind of page there is, in the states in which people meet it.
import assert from "node:assert/strict";
import { PHONE, visit } from "./browser.mjs";
import { POTHOLE, Person, Resident, Staff, cookiesOf } from "./people.mjs";

/// What must exist before every page can be opened: a report on its way, one that was sent and one that was
/// answered, and people who are signed in.
export async function prepared(browser, town) {
  const reporting = (walk) => visit(browser, town, { viewport: PHONE, script: false }, (page) => walk(new Resident(page, "en"), page));
  const begun = async (resident, page) => {
    await resident.fillIn({ description: "Two cyclists fell here this week, and it grows with every rain." });
    return new URL(page.url()).pathname.replace(/\/review$/, "");
  };
  const draft = await reporting(begun);
  // What is wrong is kept too and bars the later steps, so each mistake is made in a draft of its own.
  const spoiled = {};
  for (const step of ["details", "photos", "contact"]) spoiled[step] = await reporting(begun);
  const whole = async (resident) => {
    await resident.fillIn({ description: "A deep hole in the bike lane." });
    return resident.send();
  };
  const [sent, answered] = [await reporting(whole), await reporting(whole)];
  const cookies = {};
  for (const role of ["dispatcher", "administrator"]) cookies[role] = await cookiesOf(browser, town, role);
  await visit(browser, town, { cookies: cookies.dispatcher }, (page) => close(new Staff(page, "en"), answered.number));
  const known = await reporting(seenAgain);
  const question = await visit(browser, town, { cookies: cookies.administrator }, firstQuestion);
  return { draft, spoiled, known, sent, answered, cookies, question };
}

/// The page of the first question that is asked about potholes.
async function firstQuestion(page) {
  await page.goto("/admin/services/POTHOLE");
  return page.locator(".ordered a").first().getAttribute("href");
}

/// A draft that stands before "do we know of it already?": about a place from which there is a report.
async function seenAgain(resident, page) {
  const address = "1 Lantern Street";
  await page.goto(`/report?address=${encodeURIComponent(address)}`);
  await resident.goOn();
  await resident.chooseService();
  await resident.describe("A hole as wide as a door.");
  await resident.addPhoto();
  await resident.stayUnknown();
  await resident.send();
  await page.goto(`/report?address=${encodeURIComponent(address)}`);
  await resident.goOn();
  await resident.chooseService();
  await resident.heading("report-known-heading").waitFor();
  return new URL(page.url()).pathname.replace(/\/known$/, "");
}

async function close(staff, number) {
  await staff.open(number);
  await staff.act("close", async (form) => {
    await form.getByLabel(staff.say("outcome-no-action-needed"), { exact: true }).check();
    await staff.field(staff.say("action-field-note"), form).fill("The hole was filled last week by another crew.");
  }, "closed");
}

/// Opens an address and waits until it is shown whole.
const at = (path) => ({ page }, ready) => page.goto(typeof path === "function" ? path(ready) : path, { waitUntil: "load" });

/// Sends the first step's form empty, or wrong, and waits for the page that says so.
const refused = (open, spoil) => async (person, ready) => {
  await open(person, ready);
  await spoil(person);
  await person.page.locator(".summary").waitFor();
};

const step = (name) => at(({ draft }) => `${draft}/${name}`);
const wrong = (name) => at(({ spoiled }) => `${spoiled[name]}/${name}`);
const goOn = (person) => person.goOn();

/// Pages that anybody may open.
export const PUBLIC_PAGES = [
  { name: "home", open: at("/") },
  { name: "find-all", open: at("/find") },
  { name: "find", open: at("/find?q=tree") },
  { name: "find-nothing", open: at("/find?q=xylophone") },
  { name: "places", open: at("/places?q=library") },
  { name: "places-nothing-found", open: at("/places?q=xylophone") },
  { name: "report-place", open: at("/report") },
  { name: "report-place-error", open: refused(at("/report"), goOn) },
  { name: "report-offline", open: at("/report/offline") },
  { name: "report-service", open: step("service") },
  { name: "report-service-nothing-found", open: at(({ draft }) => `${draft}/service?q=xylophone`) },
  { name: "report-known", open: at(({ known }) => `${known}/known`) },
  { name: "report-details", open: step("details") },
  { name: "report-details-error", open: refused(wrong("details"), spoilDetails) },
  { name: "report-photos", open: step("photos") },
  { name: "report-photos-error", open: refused(wrong("photos"), spoilPhotos) },
  { name: "report-contact", open: step("contact") },
  { name: "report-contact-error", open: refused(wrong("contact"), spoilContact) },
  { name: "report-review", open: step("review") },
  { name: "report-stopped", open: stopped },
  { name: "receipt", open: at(({ sent }) => sent.receipt) },
  { name: "track-open", open: at(({ sent }) => sent.link) },
  { name: "track-closed", open: at(({ answered }) => answered.link) },
  { name: "track-error", open: refused(at(({ answered }) => answered.link), (person) => person.button("track-not-fixed-button").click()) },
  { name: "requests", open: at("/requests") },
  { name: "requests-nothing-found", open: at("/requests?q=xylophone") },
  { name: "request", open: at(({ sent }) => `/requests/${sent.number}`) },
  { name: "request-closed", open: at(({ answered }) => `/requests/${answered.number}`) },
  { name: "my-requests", open: at("/my-requests") },
  { name: "my-requests-error", open: refused(at("/my-requests"), (person) => person.button("my-requests-button").click()) },
  { name: "my-requests-asked", open: at("/my-requests/asked") },
  { name: "map", open: at("/map") },
  { name: "sign-in", open: at("/sign-in") },
  { name: "sign-in-error", open: refused(at("/sign-in"), (person) => person.button("sign-in-button").click()) },
  { name: "missing", open: at("/nothing/here"), status: 404 },
];

/// Pages of the desk.
export const DESK_PAGES = [
  { name: "desk", open: at("/desk") },
  { name: "desk-late", open: at("/desk?due=late") },
  { name: "desk-bulk-error", open: refused(at("/desk"), (person) => person.button("bulk-button").click()) },
  { name: "desk-views", open: at("/desk/views") },
  { name: "desk-go", open: at("/desk/go") },
  { name: "desk-nothing", open: at("/desk?q=xylophone") },
  { name: "desk-request", open: at(({ sent }) => `/desk/requests/${sent.number}`) },
  { name: "desk-request-unfolded", open: unfolded },
  { name: "desk-request-error", open: refused(at(({ sent }) => `/desk/requests/${sent.number}`), spoilClosing) },
  { name: "desk-request-closed", open: at(({ answered }) => `/desk/requests/${answered.number}`) },
  { name: "desk-new", open: at("/desk/new?service=POTHOLE") },
  { name: "desk-new-error", open: refused(at("/desk/new"), (person) => person.button("desk-new-button").click()) },
  { name: "desk-read-out", open: at(({ sent }) => `/desk/new/${sent.number}?language=es`) },
  { name: "style", open: at("/style") },
  { name: "desk-not-allowed", open: at("/admin/people"), status: 403 },
];

/// Pages of the administrator.
export const ADMIN_PAGES = [
  { name: "admin", open: at("/admin") },
  { name: "admin-town", open: at("/admin/town") },
  { name: "admin-brand", open: at("/admin/brand") },
  { name: "admin-brand-error", open: refused(at("/admin/brand"), spoilColour) },
  { name: "admin-people", open: at("/admin/people") },
  { name: "admin-people-error", open: refused(at("/admin/people"), (person) => person.button("person-add-button").click()) },
  { name: "admin-person", open: firstOf("/admin/people") },
  { name: "admin-keys", open: at("/admin/keys") },
  { name: "admin-departments", open: at("/admin/departments") },
  { name: "admin-department", open: firstOf("/admin/departments") },
  { name: "admin-department-add", open: at("/admin/add-department") },
  { name: "admin-department-add-error", open: refused(at("/admin/add-department"), (person) => person.button("button-save").click()) },
  { name: "admin-team-add", open: at("/admin/add-team") },
  { name: "admin-services", open: at("/admin/services") },
  { name: "admin-service-add", open: at("/admin/add-service") },
  { name: "admin-service", open: at("/admin/services/POTHOLE") },
  { name: "admin-service-stopped", open: at("/admin/services/EMERGENCY") },
  { name: "admin-service-teams", open: at("/admin/services/POTHOLE/teams") },
  { name: "admin-question", open: at(({ question }) => question) },
  { name: "admin-question-add", open: at("/admin/services/POTHOLE/add-question") },
  { name: "admin-question-add-error", open: refused(at("/admin/services/POTHOLE/add-question"), (person) => person.button("button-save").click()) },
  { name: "admin-calendars", open: at("/admin/calendars") },
  { name: "admin-calendar", open: firstOf("/admin/calendars") },
  { name: "admin-calendar-add", open: at("/admin/add-calendar") },
  { name: "admin-calendar-add-error", open: refused(at("/admin/add-calendar"), (person) => person.button("button-save").click()) },
  { name: "admin-notices", open: at("/admin/notices") },
  { name: "admin-notice-add", open: at("/admin/add-notice") },
  { name: "admin-notice-add-error", open: refused(at("/admin/add-notice"), (person) => person.button("button-save").click()) },
  { name: "admin-catalog", open: at("/admin/catalog") },
  { name: "admin-targets", open: at("/admin/targets") },
  { name: "admin-jobs", open: at("/admin/jobs") },
  { name: "admin-jobs-waiting", open: at("/admin/jobs?state=waiting") },
  { name: "admin-audit", open: at("/admin/audit") },
  { name: "admin-audit-state", open: at("/admin/audit/state") },
];

/// Who opens which pages.
export const ROOMS = [
  { role: undefined, pages: PUBLIC_PAGES },
  { role: "dispatcher", pages: DESK_PAGES },
  { role: "administrator", pages: ADMIN_PAGES },
];

/// Opens one page after the other as one person in one language, and hands each to `look`.
export function walkThrough(browser, town, ready, { role, pages }, person, look) {
  return visit(browser, town, { ...person, cookies: ready.cookies[role] }, async (page) => {
    const reader = new Person(page, person.language);
    for (const { name, open, status = 200 } of pages) {
      const answer = await open(reader, ready);
      if (answer) assert.equal(answer.status(), status, name);
      await look(page, name);
    }
  });
}

async function spoilColour(person) {
  await person.field(person.say("brand-colour")).fill("yellow");
  await person.button("button-save").click();
}

async function spoilDetails(person) {
  await person.choice(POTHOLE[person.language].size, POTHOLE[person.language].large).check();
  await person.page.locator("#q-depth").fill("very");
  await person.goOn();
}

async function spoilPhotos(person) {
  const notes = { name: "notes.png", mimeType: "image/png", buffer: Buffer.from("not a picture at all") };
  await person.field(person.say("report-photos-label")).setInputFiles(notes);
  await person.goOn();
}

async function spoilContact(person) {
  await person.choice(person.say("report-contact-wanted"), person.say("report-contact-email")).check();
  await person.field(person.say("contact-email")).fill("ana at example");
  await person.goOn();
}

async function spoilClosing(person) {
  await person.page.locator("summary").filter({ hasText: person.say("action-close") }).first().click();
  await person.button("action-close-button").click();
}

/// Every form of a request at once.
async function unfolded(person, ready) {
  await at(`/desk/requests/${ready.sent.number}`)(person, ready);
  for (const line of await person.page.locator("summary").all()) await line.click();
}

/// Choosing an emergency in place of a service; the draft stays as it was.
async function stopped(person, ready) {
  await step("service")(person, ready);
  await person.page.locator('input[value="EMERGENCY"]').check();
  await person.goOn();
  await person.heading("stopper-emergency-heading", { number: "911" }).waitFor();
}

/// The page of the first row of a table.
function firstOf(path) {
  return async (person, ready) => {
    await at(path)(person, ready);
    const link = person.page.getByRole("rowheader").getByRole("link").first();
    const place = await link.getAttribute("href");
    await at(place)(person, ready);
  };
}
