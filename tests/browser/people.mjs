// People in the town and what they do: everything through words on the page, as somebody who reads it would.
import { visit } from "./browser.mjs";
import { picture } from "./picture.mjs";
import { say } from "./words.mjs";

const literally = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

/// A person with a page before them, who reads one language.
export class Person {
  constructor(page, language) {
    this.page = page;
    this.language = language;
  }

  say(key, values) {
    return say(this.language, key, values);
  }

  /// The field with this label, which also says whether it must be filled in; in a search, nothing must.
  field(label, within = this.page) {
    const needs = ["field-required", "field-optional"].map((key) => literally(this.say(key)));
    return within.getByLabel(new RegExp(`^${literally(label)}( (${needs.join("|")}))?$`));
  }

  /// The choice in the group with this legend.
  choice(legend, label) {
    const group = this.page.getByRole("group", { name: legend });
    return group.getByLabel(label, { exact: true });
  }

  button(key, within = this.page) {
    return within.getByRole("button", { name: this.say(key), exact: true });
  }

  /// A link in the page's own part, not in the frame around it.
  link(key, within = this.page.locator("#main")) {
    return within.getByRole("link", { name: this.say(key), exact: true });
  }

  heading(key, values) {
    return this.page.getByRole("heading", { name: this.say(key, values), exact: true });
  }

  async goOn() {
    await this.button("button-continue").click();
  }
}

/// What the sample town's catalog calls things, in the languages it has.
export const POTHOLE = {
  en: {
    service: "Pothole",
    size: "How big is it?",
    large: "Bigger than that",
    affects: "What does it affect?",
    bike: "Bike lane",
    depth: "About how deep is it, in inches?",
  },
  es: {
    service: "Bache",
    size: "¿De qué tamaño es?",
    large: "Más grande",
    affects: "¿Qué afecta?",
    bike: "Carril de bicicletas",
    depth: "¿Como cuántas pulgadas tiene de hondo?",
  },
};

/// Somebody who reports a pothole, step by step.
export class Resident extends Person {
  get pothole() {
    return POTHOLE[this.language];
  }

  async givePlace(words) {
    await this.page.goto("/report");
    await this.field(this.say("report-place-words")).fill(words);
    await this.goOn();
  }

  async chooseService() {
    await this.page.getByLabel(this.pothole.service, { exact: true }).check();
    await this.goOn();
  }

  /// The answer to the first question brings up another one.
  async describe(description) {
    await this.field(this.say("report-details-description")).fill(description);
    await this.choice(this.pothole.size, this.pothole.large).check();
    await this.choice(this.pothole.affects, this.pothole.bike).check();
    await this.goOn();
    await this.field(this.pothole.depth).fill("4");
    await this.goOn();
  }

  async addPhoto() {
    const photo = { name: "hole.png", mimeType: "image/png", buffer: picture() };
    await this.field(this.say("report-photos-label")).setInputFiles(photo);
    await this.goOn();
  }

  async stayUnknown() {
    await this.choice(this.say("report-contact-wanted"), this.say("report-contact-no")).check();
    await this.goOn();
  }

  async leaveEmail(email) {
    await this.choice(this.say("report-contact-wanted"), this.say("report-contact-email")).check();
    await this.field(this.say("contact-email")).fill(email);
    await this.goOn();
  }

  /// The whole report up to the last page before it is sent.
  async fillIn({ place = "Behind the school, next to the blue gate", description = "Two cyclists fell here." } = {}) {
    await this.givePlace(place);
    await this.chooseService();
    await this.describe(description);
    await this.addPhoto();
    await this.stayUnknown();
    await this.heading("report-review-heading").waitFor();
  }

  /// Sends it: the number to read out, and the path of the private link.
  async send() {
    await this.button("button-send-report").click();
    await this.heading("receipt-title").waitFor();
    const number = (await this.page.locator(".number").innerText()).trim();
    const link = await this.link("receipt-status-link").getAttribute("href");
    return { number, link, receipt: new URL(this.page.url()).pathname };
  }
}

/// Somebody who works here.
export class Staff extends Person {
  async signIn({ email, password }) {
    await this.page.goto("/sign-in");
    await this.field(this.say("sign-in-email")).fill(email);
    await this.field(this.say("sign-in-password")).fill(password);
    await this.button("sign-in-button").click();
    await this.button("nav-sign-out").waitFor();
  }

  /// Finds a request in the work list by its number.
  async open(number) {
    await this.page.goto("/desk");
    await this.field(this.say("filter-words")).fill(number);
    await this.button("button-filter").click();
    await this.page.getByRole("rowheader").getByRole("link", { name: number, exact: true }).click();
    await this.page.getByRole("heading", { level: 1, name: number }).waitFor();
  }

  /// The line that unfolds an action.
  summary(action) {
    const words = literally(this.say(`action-${action}`));
    return this.page.locator("summary").filter({ hasText: new RegExp(`^\\s*${words}\\s*$`) });
  }

  /// The form of an action, unfolded.
  async unfold(action) {
    const summary = this.summary(action);
    const form = this.page.locator("details").filter({ has: summary });
    await summary.click();
    return form;
  }

  /// Unfolds an action, fills it in, sends it, and waits for the status it leads to.
  async act(action, fill, status) {
    const form = await this.unfold(action);
    await fill?.(form);
    await this.button(`action-${action}-button`, form).click();
    await this.stands(status);
  }

  /// Waits until the request of the page has this status.
  async stands(status) {
    const words = this.say(`status-${status}`);
    await this.page.locator("h1 .badge").getByText(words, { exact: true }).waitFor();
  }
}

/// Signs in once and keeps the cookies, so that many pages can be opened.
export function cookiesOf(browser, town, role) {
  return visit(browser, town, {}, async (page, context) => {
    await new Staff(page, "en").signIn(town.staff[role]);
    return context.storageState();
  });
}
