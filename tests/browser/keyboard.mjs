// Somebody without a mouse, who must see at every step where they are (A11Y-02).
import assert from "node:assert/strict";

const STOPS_MAX = 150;

/// Works one page with keys only, and checks at each stop that the focus can be seen.
export class Keyboard {
  /// Kinds of controls whose focus has been looked at pixel by pixel.
  #seen = new Set();

  constructor(page) {
    this.page = page;
  }

  /// Presses Tab until the control has the focus.
  async reach(control) {
    await control.waitFor();
    for (let stop = 0; stop < STOPS_MAX; stop += 1) {
      if (await control.evaluate((element) => element === document.activeElement)) return;
      await this.press("Tab");
    }
    assert.fail(`${control} cannot be reached with the Tab key`);
  }

  async press(key) {
    await this.page.keyboard.press(key);
    await this.#checkFocus();
  }

  /// Presses Enter on a control that leads to another page.
  async follow(control) {
    await this.reach(control);
    const arrived = this.page.waitForEvent("domcontentloaded");
    await this.page.keyboard.press("Enter");
    await arrived;
  }

  /// Presses Enter on the line that unfolds a form.
  async unfold(summary) {
    await this.reach(summary);
    await this.press("Enter");
    assert.ok(await summary.evaluate((line) => line.parentElement.open), `${summary} does not unfold`);
  }

  async type(control, text) {
    await this.reach(control);
    await this.page.keyboard.type(text);
  }

  /// Chooses a radio button with the arrows, as they are one stop of the Tab key.
  async choose(control) {
    const first = this.page.locator(`input[name="${await control.getAttribute("name")}"]`).first();
    await this.reach(first);
    await this.page.keyboard.press("Space");
    for (let step = 0; step < STOPS_MAX && !(await control.isChecked()); step += 1) await this.press("ArrowDown");
    assert.ok(await control.isChecked(), `${control} cannot be chosen with the arrow keys`);
  }

  /// Chooses from a list by typing what it says.
  async pick(control, label) {
    await this.reach(control);
    await this.page.keyboard.type(label);
    assert.equal(await control.evaluate((list) => list.selectedOptions[0].label), label);
  }

  async #checkFocus() {
    const focus = await this.page.evaluate(focused);
    assert.deepEqual(focus.faults, [], `the focus cannot be seen on ${focus.name}`);
    if (focus.kind === undefined || this.#seen.has(focus.kind)) return;
    this.#seen.add(focus.kind);
    await this.#comparePixels(focus);
  }

  /// The place looks different with and without the focus, whatever the styles promise.
  async #comparePixels({ name, box }) {
    const clip = { x: Math.max(0, box.x - 6), y: Math.max(0, box.y - 6), width: box.width + 12, height: box.height + 12 };
    const look = { clip, caret: "hide", animations: "disabled" };
    const focused = await this.page.screenshot(look);
    const element = await this.page.evaluateHandle(() => {
      const active = document.activeElement;
      active.blur();
      return active;
    });
    const left = await this.page.screenshot(look);
    await element.evaluate((active) => active.focus({ preventScroll: true }));
    assert.ok(!focused.equals(left), `${name} looks the same with and without the focus`);
  }
}

/// Runs in the page: what has the focus, and whether it is on the screen, uncovered and outlined.
function focused() {
  const element = document.activeElement;
  if (!element || element === document.body || element.matches("main, .summary")) return { faults: [] };
  const name = `${element.localName} "${(element.labels?.[0] ?? element).textContent.trim().slice(0, 40)}"`;
  const [line] = element.getClientRects();
  if (!line || line.width < 1 || line.height < 1) return { name, faults: ["it has no size"] };
  const faults = [];
  const across = line.x + line.width / 2;
  const down = line.y + Math.min(line.height / 2, innerHeight / 2);
  const isOnScreen = across >= 0 && across <= innerWidth && down >= 0 && down <= innerHeight;
  if (!isOnScreen) faults.push("it is not on the screen");
  const top = document.elementFromPoint(across, down);
  if (isOnScreen && top && !element.contains(top) && !top.contains(element)) faults.push(`it is under ${top.localName}`);
  const style = getComputedStyle(element);
  if (style.outlineStyle === "none" || parseFloat(style.outlineWidth) < 2) faults.push("it has no outline");
  const box = { x: line.x, y: line.y, width: line.width, height: Math.min(line.height, innerHeight - line.y - 6) };
  return { name, kind: `${element.localName} ${element.type ?? ""} ${element.className}`, box, faults };
}
