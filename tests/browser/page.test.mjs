// What only a browser can tell about the page: keys, filters, contrast, widths, and that nothing leaves it.

import assert from "node:assert/strict";
import { createRequire } from "node:module";
import path from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";

const { CHROMIUM, PACKAGES, PAGES, SCREENSHOTS } = process.env;
const require = createRequire(path.join(PACKAGES, "package.json"));
const { chromium } = require("playwright-core");
const axe = require.resolve("axe-core/axe.min.js");

const QUIET = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"];

let browser;
before(async () => {
  browser = await chromium.launch({ executablePath: CHROMIUM, args: QUIET });
});
after(() => browser.close());

/** Opens a page, does something with it, and checks that it neither complained nor asked for anything. */
async function on(name, options, act) {
  const { hash = "", ...rest } = options;
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...rest });
  const page = await context.newPage();
  const url = pathToFileURL(path.join(PAGES, `${name}.html`)).href + hash;
  const asked = [];
  const complaints = [];
  page.on("request", (request) => asked.push(request.url()));
  page.on("console", (message) => complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("dialog", (dialog) => complaints.push(dialog.message()));
  await page.goto(url);
  await act(page, context);
  const foreign = asked.filter((address) => address.split("#")[0] !== url.split("#")[0] && address !== "data:,");
  assert.deepEqual(foreign, []);
  assert.deepEqual(complaints, []);
  await context.close();
}

const shown = (page) => page.locator(".finding:visible").count();
const openAll = (page) => page.evaluate(() => document.querySelectorAll("details").forEach((part) => (part.open = true)));
const focused = (page) => page.evaluate(() => document.activeElement.closest(".finding, .group")?.id ?? document.activeElement.id);
const picture = async (page, name) => {
  if (SCREENSHOTS) await page.screenshot({ path: path.join(SCREENSHOTS, `${name}.png`) });
};

for (const colorScheme of ["light", "dark"]) {
  for (const name of ["sample", "empty"]) {
    test(`${name}, ${colorScheme}: axe finds nothing`, async () => {
      // axe itself is a script that the page's policy forbids.
      const context = await browser.newContext({ colorScheme, bypassCSP: true, viewport: { width: 1280, height: 900 } });
      const page = await context.newPage();
      await page.goto(pathToFileURL(path.join(PAGES, `${name}.html`)).href);
      await openAll(page);
      await page.addStyleTag({ content: ".finding { content-visibility: visible !important }" });
      await page.addScriptTag({ path: axe });
      const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
      const { violations, passes } = await page.evaluate((values) => axe.run({ runOnly: values }), tags);
      const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target).join(", ")}`);
      assert.deepEqual(found, []);
      assert.ok(passes.some(({ id }) => id === "color-contrast"));
      await context.close();
    });
  }
}

test("texts of the spec stay texts", () =>
  on("sample", {}, async (page) => {
    assert.equal(await page.locator("script").count(), 1);
    assert.match(await page.locator("#r-1").innerText(), /<script>alert\("1 \| 2"\)<\/script>/);
  }));

test("the policy lets nothing out", async () => {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(pathToFileURL(path.join(PAGES, "sample.html")).href);
  const answer = await page.evaluate(() => fetch("http://127.0.0.1:9/").catch((error) => String(error)));
  const blocked = await page.evaluate(
    () =>
      new Promise((resolve) => {
        document.addEventListener("securitypolicyviolation", (event) => resolve(event.effectiveDirective));
        document.body.append(Object.assign(document.createElement("img"), { src: "http://127.0.0.1:9/x.png" }));
      }),
  );
  assert.match(answer, /TypeError/);
  assert.equal(blocked, "img-src");
  await context.close();
});

test("columns and severities filter", () =>
  on("sample", {}, async (page) => {
    const total = await page.locator(".finding").count();
    assert.equal(await page.locator("#count").innerText(), `${total} findings`);
    await page.uncheck("input[value=look]");
    await page.uncheck("input[value=ok]");
    assert.equal(await shown(page), 6);
    await page.uncheck("input[value=typing]");
    await page.uncheck("input[value=runtime]");
    assert.equal(await shown(page), 4);
    assert.equal(await page.locator("#count").innerText(), `4 of ${total} findings`);
    assert.equal(await page.locator("#r-1 > summary .number").innerText(), "4");
    assert.ok(await page.locator("#r-2").isHidden());
    await page.uncheck("input[value=wire]");
    assert.ok(await page.locator("#none").isVisible());
    await page.click("button[type=reset]");
    await page.waitForFunction((count) => document.getElementById("count").innerText === `${count} findings`, total);
    await page.fill("#query", "type-renamed");
    assert.equal(await shown(page), 1);
    await picture(page, "filter");
  }));

test("a text filter opens sections, and closes them again", () =>
  on("large", {}, async (page) => {
    assert.equal(await shown(page), 0);
    await page.fill("#query", "DOCS top_p part_7");
    assert.ok((await shown(page)) > 0);
    assert.equal(await page.locator(".group[open]").count(), await page.locator(".group:visible").count());
    await page.fill("#query", "");
    assert.equal(await page.locator(".group[open]").count(), 0);
  }));

test("what is folded is found, and can be linked to", () =>
  on("sample", {}, async (page) => {
    const id = await page.locator(".folded li").first().getAttribute("id");
    await page.fill("#query", id.slice(2));
    assert.equal(await shown(page), 1);
    await on("sample", { hash: `#${id}` }, async (linked) => {
      assert.ok(await linked.locator(`#${id}`).isVisible());
    });
  }));

test("the keyboard is enough", () =>
  on("sample", {}, async (page) => {
    const ids = await page.locator(".finding").evaluateAll((all) => all.map((finding) => finding.id));
    const section = await page.locator(".group").first().getAttribute("id");
    await page.keyboard.press("Tab");
    assert.equal(await page.evaluate(() => document.activeElement.className), "skip");
    await page.keyboard.press("Enter");
    assert.equal(await focused(page), "findings");
    await page.keyboard.press("j");
    assert.equal(await focused(page), section);
    await page.keyboard.press("j");
    assert.equal(await focused(page), ids[0]);
    await page.keyboard.press("j");
    await page.keyboard.press("j");
    await page.keyboard.press("k");
    assert.equal(await focused(page), ids[1]);
    assert.notEqual(await page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle), "none");
    await page.keyboard.press("Enter");
    assert.ok(await page.locator(`#${ids[1]} .pair`).isVisible());
    await page.keyboard.press("/");
    assert.equal(await focused(page), "query");
    await page.keyboard.type("jk/top_k");
    assert.equal(await shown(page), 0);
    await page.keyboard.press("Escape");
    assert.equal(await page.inputValue("#query"), "");
    assert.ok((await shown(page)) > 1);
  }));

test("all findings open and close at once", () =>
  on("sample", {}, async (page) => {
    await page.click("#toggle");
    assert.equal(await page.locator(".finding:not([open])").count(), 0);
    await page.click("#toggle");
    assert.equal(await page.locator(".finding[open]").count(), 0);
  }));

test("links lead to open findings, also hidden ones", () =>
  on("sample", {}, async (page) => {
    const id = await page.locator("#r-2 .finding").last().getAttribute("id");
    await on("sample", { hash: `#${id}` }, async (linked) => {
      assert.ok(await linked.locator(`#${id} .body`).isVisible());
    });
    await page.fill("#query", "top_k");
    await page.evaluate((hash) => (location.hash = hash), id);
    await page.locator(`#${id} .body`).waitFor();
  }));

test("copy buttons copy", () =>
  on("sample", {}, async (page, context) => {
    await context.grantPermissions(["clipboard-read", "clipboard-write"]);
    await page.click("#changelog .copy");
    await page.locator("#changelog .copy", { hasText: "Copied" }).waitFor();
    assert.match(await page.evaluate(() => navigator.clipboard.readText()), /^## 0\.35\.0\n/);
  }));

test("without JavaScript everything is there", () =>
  on("sample", { javaScriptEnabled: false }, async (page) => {
    assert.ok(await page.locator("#filter").isHidden());
    assert.equal(await page.locator(".copy:visible").count(), 0);
    for (const closed of await page.locator(".group:not([open]) > summary").all()) await closed.click();
    assert.equal(await shown(page), await page.locator(".finding").count());
    await page.locator(".finding summary").first().click();
    assert.ok(await page.locator(".finding .pair").first().isVisible());
  }));

for (const width of [320, 390, 768, 1280]) {
  test(`nothing sticks out at ${width} pixels`, () =>
    on("sample", { viewport: { width, height: 800 } }, async (page) => {
      await openAll(page);
      const [scroll, client] = await page.evaluate(() => {
        const root = document.documentElement;
        return [root.scrollWidth, root.clientWidth];
      });
      assert.ok(scroll <= client, `${scroll} > ${client}`);
    }));
}

test("print shows what is closed", () =>
  on("sample", {}, async (page) => {
    await page.emulateMedia({ media: "print" });
    assert.ok(await page.locator("#filter").isHidden());
    const box = await page.locator(".finding .body").first().boundingBox();
    assert.ok(box.height > 50);
  }));

test("two thousand findings", () =>
  on("large", {}, async (page) => {
    assert.equal(await page.locator("#count").innerText(), "2000 findings");
    await page.fill("#query", "parameter-removed");
    const left = await page.locator(".finding:not([hidden])").count();
    assert.equal(await page.locator("#count").innerText(), `${left} of 2000 findings`);
    assert.ok(left > 50 && left < 200);
  }));

test("pictures", { skip: !SCREENSHOTS }, async () => {
  for (const [name, options] of [
    ["light", { viewport: { width: 1180, height: 1140 } }],
    ["dark", { colorScheme: "dark" }],
    ["narrow", { viewport: { width: 390, height: 1200 } }],
  ]) {
    await on("sample", options, async (page) => {
      await page.locator(".finding summary").nth(2).click();
      await picture(page, name);
    });
  }
  await on("empty", {}, (page) => picture(page, "empty"));
});
