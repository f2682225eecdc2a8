import { gzipSync } from "node:zlib";
import type { ApiPerson } from "../api-person";
import { figure, note, section } from "./figures";

/** The scripts that the receivers page names, as a browser without a cache would fetch them. */
export async function benchPageWeight(base: string, person: ApiPerson): Promise<void> {
  section("First load of the receivers page (JavaScript, gzip)");
  const html = await person.call<string>("GET", "/demo/receivers");
  const scripts = [...new Set([...html.matchAll(/<script[^>]*?\ssrc="([^"]+)"[^>]*>/g)].flatMap(scriptOf))];
  if (scripts.length === 0) throw new Error("the receivers page names no script");
  const chunks = await Promise.all(
    scripts.map(async (address) => {
      const source = Buffer.from(await (await fetch(new URL(address, base))).arrayBuffer());
      return { name: address.split("/").at(-1) ?? "", bytes: gzipSync(source, { level: 6 }).length };
    }),
  );
  const total = chunks.reduce((sum, { bytes }) => sum + bytes, 0);
  figure({ what: `${chunks.length} scripts`, value: total / 1000, unit: "kB", goal: 200 });
  const heaviest = chunks.toSorted((a, b) => b.bytes - a.bytes).slice(0, 12);
  for (const { name, bytes } of heaviest) note(`${(bytes / 1000).toFixed(1).padStart(8)} kB  ${name}`);
}

/** Browsers that know modules, which are all that this app supports, skip the others. */
function scriptOf([tag, address = ""]: RegExpExecArray | RegExpMatchArray): string[] {
  return /\snomodule/i.test(tag) ? [] : [address.replaceAll("&amp;", "&")];
}
