// A report from its first page to "this is not fixed", walked by people.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { LAPTOP, PHONE, openBrowser, visit } from "./browser.mjs";
import { Keyboard } from "./keyboard.mjs";
import { Resident, Staff, cookiesOf } from "./people.mjs";
import { picture } from "./picture.mjs";
import { startTown } from "./town.mjs";
import { LANGUAGES } from "./words.mjs";

let town;
let browser;
const cookies = {};

before(async () => {
  [town, browser] = await Promise.all([startTown(), openBrowser()]);
});

after(async () => {
  await browser?.close();
  await town?.stop();
});

/// A resident on a phone that runs no scripts.
const asResident = (language, walk) =>
  visit(browser, town, { language, viewport: PHONE, script: false }, (page) => walk(new Resident(page, language), page));

/// A member of staff at a desk, who signed in earlier.
const asStaff = async (role, language, walk) => {
  cookies[role] ??= await cookiesOf(browser, town, role);
  const person = { language, viewport: LAPTOP, cookies: cookies[role] };
  return visit(browser, town, person, (page) => walk(new Staff(page, language), page));
};

const text = (page) => page.locator("main").innerText();

for (const language of LANGUAGES) {
  describe(`the whole way (${language})`, () => {
    const words = { en: "Left of the library's back door", es: "A la izquierda de la puerta trasera de la biblioteca" }[language];
    const story = { en: "Two cyclists fell here this week.", es: "Esta semana se cayeron dos ciclistas." }[language];
    let sent;

    test("A11Y-16: a report without script, with the place in words only, ends in a number and a private link", async () => {
      sent = await asResident(language, async (resident, page) => {
        await page.goto("/");
        await resident.link("home-report-heading").click();
        await resident.heading("report-place-heading").waitFor();
        await resident.givePlace(words);
        await resident.chooseService();
        await resident.describe(story);
        await resident.addPhoto();
        await resident.leaveEmail("ana@example.org");
        await resident.heading("report-review-heading").waitFor();
        const review = await page.locator("#review").innerText();
        for (const given of [words, resident.pothole.service, story, resident.pothole.large, "ana@example.org"]) {
          assert.ok(review.includes(given), `the review does not show "${given}":\n${review}`);
        }
        const receipt = await resident.send();
        assert.match(receipt.number, /^\d{2,}$/);
        assert.match(receipt.link, /^\/track\/[\w.-]{20,}$/);
        assert.ok((await text(page)).includes(resident.say("fact-promised")), "the receipt promises no date");
        const printed = await page.locator(".link-box").innerText();
        assert.equal(printed.trim(), new URL(receipt.link, page.url()).href, "a printed link needs its host");
        return receipt;
      });
    });

    test("the private link shows what was reported, with its photo, and says what happened", () =>
      asResident(language, async (resident, page) => {
        await page.goto(sent.link);
        const shown = await text(page);
        for (const part of [sent.number, words, story, resident.say("happening-received")]) {
          assert.ok(shown.includes(part), `the status page does not show "${part}":\n${shown}`);
        }
        const photo = page.getByRole("img", { name: resident.say("photo-alt", { index: 1, count: 1, number: sent.number }) });
        await photo.scrollIntoViewIfNeeded();
        await photo.evaluate((image) => image.decode());
        assert.equal(await photo.evaluate((image) => image.naturalWidth), 64);
      }));

    test("the dispatcher hands it to a team, the crew gives it back with a reason", async () => {
      await asStaff("dispatcher", language, async (dispatcher, page) => {
        await dispatcher.open(sent.number);
        assert.ok((await text(page)).includes(words));
        await dispatcher.act("assign", (form) => form.getByLabel(dispatcher.say("action-field-team")).selectOption("SIGNS"), "assigned");
      });
      await asStaff("crew", language, async (crew) => {
        await crew.open(sent.number);
        const why = { en: "This is a hole, not a sign.", es: "Es un bache, no un letrero." }[language];
        await crew.act("refuse", (form) => crew.field(crew.say("action-field-reason"), form).fill(why), "refused");
      });
    });

    test("the dispatcher hands it on, the crew accepts, works and closes it with an outcome and a note", async () => {
      await asStaff("dispatcher", language, async (dispatcher) => {
        await dispatcher.open(sent.number);
        await dispatcher.act("assign", (form) => form.getByLabel(dispatcher.say("action-field-team")).selectOption("STREETS"), "assigned");
      });
      await asStaff("crew", language, async (crew) => {
        await crew.open(sent.number);
        await crew.act("accept", undefined, "accepted");
        await crew.act("start", undefined, "in-progress");
        const note = { en: "Filled with hot asphalt and rolled flat.", es: "Se llenó con asfalto caliente y se aplanó." }[language];
        await crew.act("close", async (form) => {
          await form.getByLabel(crew.say("outcome-done"), { exact: true }).check();
          await crew.field(crew.say("action-field-note"), form).fill(note);
        }, "closed");
      });
    });

    test("the resident reads the answer, says that it is not fixed, and it is open again", () =>
      asResident(language, async (resident, page) => {
        await page.goto(sent.link);
        await page.locator("h1 .badge").getByText(resident.say("status-closed"), { exact: true }).waitFor();
        const answer = await page.locator(".notice.done").innerText();
        assert.ok(answer.includes(resident.say("outcome-done")), answer);
        const why = { en: "The hole is back after one night of rain.", es: "El bache volvió después de una noche de lluvia." }[language];
        await resident.field(resident.say("track-not-fixed-label")).fill(why);
        await resident.button("track-not-fixed-button").click();
        const timeline = page.locator(".timeline");
        await timeline.getByText(resident.say("happening-reopened")).waitFor();
        assert.ok((await timeline.innerText()).includes(why));
        assert.notEqual((await page.locator("h1 .badge").innerText()).trim(), resident.say("status-closed"));
      }));

    test("the crew cannot see who reported; the dispatcher can, and only after asking", async () => {
      const email = "ana@example.org";
      await asStaff("crew", language, async (crew, page) => {
        await crew.open(sent.number);
        assert.ok(!(await page.content()).includes(email));
        assert.equal(await crew.button("desk-contact-button").count(), 0);
      });
      await asStaff("dispatcher", language, async (dispatcher, page) => {
        await dispatcher.open(sent.number);
        assert.ok(!(await page.content()).includes(email));
        await dispatcher.button("desk-contact-button").click();
        await page.getByText(email).waitFor();
      });
    });
  });
}

describe("mistakes while reporting", () => {
  /// The summary has the focus, says so in the title, and its links lead to the fields, which say what is wrong.
  async function expectFault(resident, field, words) {
    const { page } = resident;
    const summary = page.getByRole("alert");
    await page.locator(".summary:focus").waitFor();
    assert.ok((await page.title()).startsWith(resident.say("title-error-prefix")), await page.title());
    await summary.getByRole("link", { name: words, exact: true }).click();
    const control = page.locator(`[id="${field}"]:focus`);
    await control.waitFor();
    const described = control.locator(`xpath=ancestor-or-self::*[contains(concat(" ", @aria-describedby, " "), " ${field}-error ")]`);
    assert.equal(await described.count(), 1, `${field} is not tied to what is wrong with it`);
    assert.ok((await page.locator(`[id="${field}-error"]`).innerText()).includes(words));
  }

  for (const language of LANGUAGES) {
    test(`A11Y-05: each step says what is wrong, leads to the field and keeps what was typed (${language})`, () =>
      asResident(language, async (resident, page) => {
        await page.goto("/report");
        await resident.field(resident.say("report-place-zip")).fill("68000");
        await resident.goOn();
        await expectFault(resident, "address", resident.say("report-place-missing"));
        assert.equal(await resident.field(resident.say("report-place-zip")).inputValue(), "68000");
        await resident.field(resident.say("report-place-words")).fill("Behind the school");
        await resident.goOn();

        await resident.heading("report-service-heading").waitFor();
        await resident.goOn();
        await expectFault(resident, "service", resident.say("report-service-missing"));
        await resident.chooseService();

        await resident.field(resident.say("report-details-description")).fill("It is deep.");
        await resident.goOn();
        await expectFault(resident, "q-size", resident.say("fault-answer-required"));
        await resident.choice(resident.pothole.size, resident.pothole.large).check();
        await resident.goOn();
        await resident.field(resident.pothole.depth).fill("very");
        await resident.goOn();
        await expectFault(resident, "q-depth", resident.say("fault-answer-number"));
        assert.equal(await resident.field(resident.say("report-details-description")).inputValue(), "It is deep.");
        assert.ok(await resident.choice(resident.pothole.size, resident.pothole.large).isChecked());
        await resident.field(resident.pothole.depth).fill("3");
        await resident.goOn();

        const notes = { name: "notes.png", mimeType: "image/png", buffer: Buffer.from("not a picture at all") };
        const photos = resident.field(resident.say("report-photos-label"));
        await photos.setInputFiles(notes);
        await resident.goOn();
        await expectFault(resident, "photos", resident.say("photo-not-a-picture"));
        await photos.setInputFiles({ name: "hole.png", mimeType: "image/png", buffer: picture() });
        await resident.goOn();

        await resident.heading("report-contact-heading").waitFor();
        await resident.goOn();
        await expectFault(resident, "wanted", resident.say("report-contact-choose"));
        await resident.leaveEmail("ana at example");
        await expectFault(resident, "email", resident.say("fault-email"));
        assert.equal(await resident.field(resident.say("contact-email")).inputValue(), "ana at example");
        await resident.stayUnknown();
        await resident.heading("report-review-heading").waitFor();
      }));
  }

  test("A11Y-06: going back loses nothing, and each part can be changed before it is sent", () =>
    asResident("en", async (resident, page) => {
      await resident.fillIn({ place: "By the red bench", description: "A bus hit it." });
      const review = page.url();

      await page.goBack();
      await resident.heading("report-contact-heading").waitFor();
      assert.ok(await resident.choice(resident.say("report-contact-wanted"), resident.say("report-contact-no")).isChecked());
      await page.goBack();
      await page.getByText(resident.say("report-photos-kept", { count: 1 })).waitFor();
      await page.goBack();
      assert.equal(await resident.field(resident.pothole.depth).inputValue(), "4");
      await page.goBack();
      assert.equal(await resident.field(resident.say("report-details-description")).inputValue(), "A bus hit it.");
      await page.goBack();
      assert.ok(await page.getByLabel(resident.pothole.service, { exact: true }).isChecked());
      await page.goBack();
      assert.equal(await resident.field(resident.say("report-place-words")).inputValue(), "By the red bench");

      await page.goto(review);
      await resident.link("report-change-details").click();
      const description = resident.field(resident.say("report-details-description"));
      assert.equal(await description.inputValue(), "A bus hit it.");
      assert.ok(await resident.choice(resident.pothole.size, resident.pothole.large).isChecked());
      assert.equal(await resident.field(resident.pothole.depth).inputValue(), "4");
      await description.fill("A bus and a truck hit it.");
      await resident.goOn();

      await resident.heading("report-review-heading").waitFor();
      await resident.link("report-change-place").click();
      assert.equal(await resident.field(resident.say("report-place-words")).inputValue(), "By the red bench");
      await resident.goOn();
      const shown = await page.locator("#review").innerText();
      assert.ok(shown.includes("A bus and a truck hit it.") && shown.includes("By the red bench"), shown);

      // A reload, or a second press after the connection broke, is not a second report.
      const first = await resident.send();
      await page.goto(review);
      const second = await resident.send();
      assert.equal(second.number, first.number);
    }));

  test("an answer that means danger stops the report and gives the number to call", () =>
    asResident("en", async (resident, page) => {
      await resident.givePlace("Corner of the market");
      await page.getByLabel("Fallen tree or branch", { exact: true }).check();
      await resident.goOn();
      await resident.choice("Does it touch electric wires?", "Yes").check();
      await resident.choice("What does it block?", "The road").check();
      await resident.goOn();
      await resident.heading("stopper-emergency-heading", { number: "911" }).waitFor();
      assert.equal(await page.getByRole("link", { name: resident.say("stopper-call", { number: "911" }) }).getAttribute("href"), "tel:911");
      await resident.link("stopper-back").click();
      await resident.heading("report-details-heading").waitFor();
    }));

  test("a wrong password is refused in words that do not say which part was wrong", () =>
    visit(browser, town, {}, async (page) => {
      const person = new Staff(page, "en");
      await page.goto("/sign-in");
      await person.field(person.say("sign-in-email")).fill("nobody@example.org");
      await person.field(person.say("sign-in-password")).fill("one two three four");
      await person.button("sign-in-button").click();
      const summary = page.getByRole("alert");
      await summary.getByText(person.say("sign-in-refused")).waitFor();
      assert.equal(await person.field(person.say("sign-in-email")).inputValue(), "nobody@example.org");
      assert.equal(await person.field(person.say("sign-in-password")).inputValue(), "");
    }));
});

describe("finding the service", () => {
  test("services change as one types, in either language, and the place of the focus stays", () =>
    visit(browser, town, { viewport: PHONE }, async (page) => {
      const resident = new Resident(page, "en");
      await resident.givePlace("Behind the market");
      await resident.heading("report-service-heading").waitFor();
      const services = page.locator("#answers input[name=service]");
      const all = await services.count();
      await page.locator("#q").pressSequentially("bache");
      await page.locator("#found:not(:empty)").waitFor();
      assert.ok((await services.count()) < all);
      assert.ok(await page.locator("#q").evaluate((box) => box === document.activeElement));
      await page.getByLabel("Pothole", { exact: true }).check();
      await resident.goOn();
      await resident.heading("report-details-heading").waitFor();
    }));

  test("the place of the device is taken when somebody asks for it, and shown before it is sent", () =>
    visit(browser, town, { viewport: PHONE }, async (page, context) => {
      const resident = new Resident(page, "en");
      const { features } = await (await fetch(`${town.address}/requests.geojson`)).json();
      const [longitude, latitude] = features.find(({ geometry, properties }) => geometry && properties.exact_place).geometry.coordinates;
      await context.grantPermissions(["geolocation"]);
      await context.setGeolocation({ latitude, longitude });
      await page.goto("/report");
      await resident.button("place-map-here").click();
      await page.locator(".map-chosen:not(:empty)").waitFor();
      await resident.goOn();
      await resident.heading("report-service-heading").waitFor();
      await page.getByLabel("Noise", { exact: true }).check();
      await resident.goOn();
      await page.goto(page.url().replace(/[^/]*$/, "place"));
      assert.equal(Number(await page.locator("input[name=latitude]").inputValue()), Number(latitude.toFixed(6)));
    }));

  test("a report that is known is offered to follow, and another one goes on", () =>
    asResident("en", async (resident, page) => {
      const begin = async () => {
        await page.goto("/report?address=77%20Harbor%20Street");
        await resident.goOn();
        await resident.chooseService();
      };
      await begin();
      await resident.describe("It is deep.");
      await resident.addPhoto();
      await resident.stayUnknown();
      const { number } = await resident.send();
      await begin();
      await resident.heading("report-known-heading").waitFor();
      await page.getByRole("link", { name: resident.say("report-known-follow", { number }) }).click();
      await resident.heading("follow-heading").waitFor();
      await page.goBack();
      await resident.button("report-known-different").click();
      await resident.heading("report-details-heading").waitFor();
    }));

  test("going back after a mistake never asks to send a form again", () =>
    asResident("en", async (resident, page) => {
      await page.goto("/report");
      await resident.goOn();
      await page.locator(".summary").waitFor();
      await resident.field(resident.say("report-place-words")).fill("By the fountain");
      await resident.goOn();
      await resident.heading("report-service-heading").waitFor();
      // The browser would show its own page instead of ours.
      await page.goBack();
      assert.equal(await resident.field(resident.say("report-place-words")).inputValue(), "By the fountain");
    }));
});

describe("with the keyboard alone", () => {
  test("A11Y-02: a report from the first page to the receipt, with the focus in sight all the way", () =>
    visit(browser, town, { viewport: PHONE }, async (page) => {
      const resident = new Resident(page, "en");
      const keys = new Keyboard(page);
      const goOn = () => keys.follow(resident.button("button-continue"));
      await page.goto("/");
      await keys.press("Tab");
      await page.locator(".skip:focus").waitFor();
      await page.keyboard.press("Enter");
      await page.locator("#main:focus").waitFor();
      await keys.follow(resident.link("home-report-heading"));

      await goOn();
      await page.locator(".summary:focus").waitFor();
      await keys.press("Tab");
      await page.keyboard.press("Enter");
      await page.locator("#address:focus").waitFor();
      await keys.type(resident.field(resident.say("report-place-words")), "Behind the school");
      await goOn();

      await keys.type(page.getByRole("searchbox", { name: resident.say("report-service-search") }), "asphalt");
      await keys.follow(resident.button("button-search"));
      await keys.choose(page.getByLabel(resident.pothole.service, { exact: true }));
      await goOn();

      await keys.type(resident.field(resident.say("report-details-description")), "Two cyclists fell here.");
      await keys.choose(resident.choice(resident.pothole.size, resident.pothole.large));
      await keys.reach(resident.choice(resident.pothole.affects, resident.pothole.bike));
      await keys.press("Space");
      await goOn();
      await keys.type(resident.field(resident.pothole.depth), "4");
      await goOn();

      await keys.reach(resident.field(resident.say("report-photos-label")));
      await goOn();
      await keys.choose(resident.choice(resident.say("report-contact-wanted"), resident.say("report-contact-no")));
      await goOn();
      await keys.follow(resident.button("button-send-report"));
      await resident.heading("receipt-title").waitFor();
      await keys.follow(resident.link("receipt-status-link"));
      await keys.type(resident.field(resident.say("track-information-label")), "It is on the right side.");
      await keys.follow(resident.button("track-information-button"));
      await page.locator(".timeline").getByText("It is on the right side.").waitFor();
    }));

  test("A11Y-02: a request is found, handed over, worked and closed at the desk", async () => {
    const sent = await asResident("en", async (resident) => {
      await resident.fillIn();
      return resident.send();
    });
    await visit(browser, town, { viewport: LAPTOP }, async (page) => {
      const dispatcher = new Staff(page, "en");
      const keys = new Keyboard(page);
      await page.goto("/sign-in");
      const { email, password } = town.staff.dispatcher;
      await keys.type(dispatcher.field(dispatcher.say("sign-in-email")), email);
      await keys.type(dispatcher.field(dispatcher.say("sign-in-password")), password);
      await keys.follow(dispatcher.button("sign-in-button"));
      await keys.type(dispatcher.field(dispatcher.say("filter-words")), sent.number);
      await keys.follow(dispatcher.button("button-filter"));
      await keys.follow(page.getByRole("link", { name: sent.number, exact: true }));

      await keys.unfold(dispatcher.summary("assign"));
      await keys.pick(page.locator("#assign-team"), "Signs and markings");
      await keys.follow(dispatcher.button("action-assign-button"));
      await dispatcher.stands("assigned");
      for (const [action, status] of [["accept", "accepted"], ["start", "in-progress"]]) {
        await keys.unfold(dispatcher.summary(action));
        await keys.follow(dispatcher.button(`action-${action}-button`));
        await dispatcher.stands(status);
      }
      await keys.unfold(dispatcher.summary("close"));
      await keys.choose(page.getByLabel(dispatcher.say("outcome-done"), { exact: true }));
      await keys.type(page.locator("#close-note"), "The hole was filled and the sign set upright.");
      await keys.follow(dispatcher.button("action-close-button"));
      await dispatcher.stands("closed");
    });
  });
});
