// Runs the search worker of a built site, as a page does: node site_search.mjs SITE QUERY... prints the locations
// of each query's first results as a list of JSON.
import { readFileSync, readdirSync } from "node:fs";
import { runInNewContext } from "node:vm";

const [site, ...queries] = process.argv.slice(2);
const workers = `${site}/assets/javascripts/workers`;
const worker = readdirSync(workers).find((name) => name.startsWith("search."));
const index = JSON.parse(readFileSync(`${site}/search.json`, "utf8"));
const self = {};
runInNewContext(readFileSync(`${workers}/${worker}`, "utf8"), { self, Intl });
const post = (data) =>
  new Promise((resolve) => {
    self.postMessage = resolve;
    self.onmessage({ data });
  });

await post({ type: 0, data: index });
const results = [];
for (const input of queries) {
  const { data } = await post({ type: 2, data: { input } });
  results.push(data.items.map(({ id }) => index.items[id].location));
}
console.log(JSON.stringify(results));
