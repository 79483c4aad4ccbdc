// Opens a page in Chromium, in every window asked for, and writes what it sees as JSON.
// Standard input: {chromium, modules, page, tags, axe, views: [{width, height, scheme, picture}]}.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const job = JSON.parse(readFileSync(0, "utf8"));
const require = createRequire(`${job.modules}/`);
const puppeteer = require("puppeteer-core");

const browser = await puppeteer.launch({
  executablePath: job.chromium,
  // the page has no script and loads nothing, so that no sandbox is missed where there is none
  args: ["--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--font-render-hinting=none"],
});

async function look(view) {
  const page = await browser.newPage();
  const requests = [];
  page.on("request", (request) => {
    if (request.url() !== job.page) requests.push(request.url());
  });
  const errors = [];
  page.on("console", (message) => {
    if (["error", "warn"].includes(message.type())) errors.push(message.text());
  });
  await page.setViewport({ width: view.width, height: view.height });
  await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: view.scheme }]);
  await page.goto(job.page, { waitUntil: "load" });
  if (view.picture) await page.screenshot({ path: view.picture });
  const seen = { violations: [], unsure: [], passes: 0, requests, errors, sideways: 0 };
  if (job.axe) await judge(page, seen);
  await page.close();
  return seen;
}

async function judge(page, seen) {
  // what is folded away is read, too
  await page.evaluate(() => document.querySelectorAll("details").forEach((d) => (d.open = true)));
  seen.sideways = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  await page.evaluate(readFileSync(require.resolve("axe-core/axe.min.js"), "utf8"));
  const found = await page.evaluate(
    (tags) => window.axe.run(document, { runOnly: { type: "tag", values: tags } }),
    job.tags,
  );
  const told = (rule) =>
    `${rule.id}: ${rule.help} (${rule.nodes.length}): ${rule.nodes[0].html.slice(0, 200)}`;
  seen.violations = found.violations.map(told);
  seen.unsure = found.incomplete.map(told);
  seen.passes = found.passes.length;
}

try {
  const results = [];
  for (const view of job.views) results.push(await look(view));
  console.log(JSON.stringify(results));
} finally {
  await browser.close();
}
