/** Asked so often, a statement is worth being kept prepared. */
const OFTEN = 3;
/** Each connection keeps all of them, so they are few. */
const MOST_NAMES = 300;
const MOST_COUNTED = 2_000;

export interface StatementNames {
  /** Under which name the connection keeps this statement prepared; "" for one that it does not keep. */
  nameOf(sql: string): string;
  /** After what PostgreSQL said of a statement that failed. */
  failed(code: string | undefined): void;
}

/**
 * What is asked again and again is parsed and planned once per connection. Of lists of any length, and of what is rarely asked,
 * nothing is kept.
 */
export function statementNames(): StatementNames {
  const names = new Map<string, string>();
  const counts = new Map<string, number>();
  let generation = 1;
  let off = false;
  return {
    nameOf(sql) {
      if (off) return "";
      const known = names.get(sql);
      if (known !== undefined) return known;
      const count = (counts.get(sql) ?? 0) + 1;
      if (names.size >= MOST_NAMES) return "";
      if (count < OFTEN) {
        if (counts.size >= MOST_COUNTED) counts.clear();
        counts.set(sql, count);
        return "";
      }
      counts.delete(sql);
      const name = `s${generation}_${names.size + 1}`;
      names.set(sql, name);
      return name;
    },
    failed(code) {
      // A migration changed what a kept statement answers: everything is prepared anew, under other names.
      if (code === "0A000") {
        generation++;
        names.clear();
      }
      // Something between us and PostgreSQL gives each transaction another connection, which does not know the names.
      if (code === "26000" || code === "42P05") off = true;
    },
  };
}
