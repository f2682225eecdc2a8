import type { Processing } from "./contract";
import { BASES, CATEGORIES, PURPOSES, RETENTIONS } from "./purposes";
import { PERSONAL_COLUMNS, type PersonalColumn } from "./tables";

const ERASURES: Readonly<Record<PersonalColumn["erase"], string>> = {
  delete: "the row is deleted",
  null: "the words are emptied",
  pseudonym: "the person's part is taken out",
  key: "sealed; the person's key is destroyed",
  "keep-why": "kept",
};

/** GDPR art. 30: what is processed why, for whom, how long; from the annotations of the schema. */
export function processing(): Processing {
  const activities = Object.entries(PURPOSES).map(([name, { what, recipients }]) => {
    const columns = PERSONAL_COLUMNS.filter(({ purpose }) => purpose === name);
    return {
      purpose: what,
      recipients,
      bases: meanings(BASES, columns, "basis"),
      categories: meanings(CATEGORIES, columns, "category"),
      columns: columns.map(({ table, column, category, retention, erase, why }) => ({
        column: `${table}.${column}`,
        category,
        retention: meaning(RETENTIONS, retention),
        erasure: why ? `${ERASURES[erase]}: ${why}` : ERASURES[erase],
      })),
    };
  });
  return { activities };
}

function meaning(words: Readonly<Record<string, string>>, word: string): string {
  return words[word] ?? word;
}

function meanings(
  words: Readonly<Record<string, string>>,
  columns: readonly PersonalColumn[],
  key: "basis" | "category",
) {
  return [...new Set(columns.map((column) => meaning(words, column[key])))];
}

const HEAD = `# Record of processing

What this installation of Signalbox keeps about people, from the annotations of its database schema. Who the controller is, its
contact, and transfers to third countries are for whoever runs it to add.

What events, revisions and tables name people by is an opaque id; with the person's row it loses its meaning. Configurations,
templates and alerts are the tenant's own words: addresses that stand in them (the recipients of an e-mail receiver) are not in
this record, and no erasure finds them.
`;

/** The same as Markdown. */
export function processingMarkdown(): string {
  const parts = processing().activities.map(({ purpose, recipients, bases, categories, columns }) => {
    const rows = columns.map(
      ({ column, category, retention, erasure }) => `| ${column} | ${category} | ${retention} | ${erasure} |`,
    );
    return [
      `## ${purpose}`,
      "",
      `- Legal basis: ${bases.join("; ")}`,
      `- Recipients: ${recipients}`,
      ...categories.map((category) => `- ${category}`),
      "",
      "| Column | Category | Kept | On erasure |",
      "| --- | --- | --- | --- |",
      ...rows,
      "",
    ].join("\n");
  });
  return [HEAD, ...parts].join("\n");
}
