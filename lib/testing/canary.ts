import pg from "pg";

/** The forms in which a text may lie somewhere without being hidden. */
function formsOf(canary: string): string[] {
  const bytes = Buffer.from(canary, "utf8");
  // In base64 three bytes are four letters, so what stands before a text moves it; what is in the middle is the same.
  const shifted = [0, 1, 2].map((shift) => {
    const text = Buffer.concat([Buffer.alloc(shift), bytes]).toString("base64");
    return text.slice(Math.ceil((shift * 4) / 3) + 1, -4);
  });
  return [canary, bytes.toString("hex"), encodeURIComponent(canary), ...shifted];
}

/** `table.column` of every value in the database that holds a canary in any such form; the owner sees every row. */
export async function placesOf<Name extends string>(
  ownerUrl: string,
  canaries: Readonly<Record<Name, string>>,
): Promise<Record<Name, string[]>> {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    const { rows: tables } = await client.query<{ place: string; name: string }>(
      `SELECT format('%I.%I', schemaname, tablename) AS place, tablename AS name FROM pg_tables
       WHERE schemaname NOT IN ('pg_catalog', 'information_schema')`,
    );
    const found = Object.fromEntries(Object.keys(canaries).map((name) => [name, new Set<string>()]));
    for (const { place, name } of tables) {
      // Row by row as text, bytes in hex: what a dump holds.
      const { rows } = await client.query<{ value: Record<string, unknown> }>(
        `SELECT to_jsonb(t) AS value FROM ${place} t`,
      );
      for (const { value } of rows) {
        for (const [column, content] of Object.entries(value)) {
          const text = typeof content === "string" ? content : JSON.stringify(content);
          for (const [canary, looked] of Object.entries<string>(canaries)) {
            if (formsOf(looked).some((form) => text?.includes(form))) found[canary]?.add(`${name}.${column}`);
          }
        }
      }
    }
    return Object.fromEntries(Object.entries(found).map(([name, places]) => [name, [...places].sort()])) as Record<
      Name,
      string[]
    >;
  } finally {
    await client.end();
  }
}
