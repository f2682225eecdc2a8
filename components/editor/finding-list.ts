import type { Finding } from "../fields/judges";

/** A list of findings said by the list before it: runs of that one (`to` is exclusive), and findings that are new. */
export type FindingListEdit = readonly (readonly [from: number, to: number] | Finding)[];

const isRun = (part: FindingListEdit[number]): part is readonly [number, number] => Array.isArray(part);

/** The list that `edit` says; what was there before is the same object as before. */
export function editFindings(before: readonly Finding[], edit: FindingListEdit): readonly Finding[] {
  return edit.flatMap((part) => (isRun(part) ? before.slice(part[0], part[1]) : [part]));
}

/** Remembers the findings that were told last: of thousands, a keystroke changes a few, and only those are told again. */
export class ToldFindings {
  #texts: readonly string[] = [];

  /** `null`: as told last. */
  tell(findings: readonly Finding[]): FindingListEdit | null {
    const before = this.#texts;
    const places = new Map(before.map((text, index) => [text, index]));
    const edit: (readonly [number, number] | Finding)[] = [];
    let from = 0;
    let next = 0;
    const endRun = () => {
      if (from < next) edit.push([from, next]);
    };
    this.#texts = findings.map((finding) => {
      const text = JSON.stringify(finding);
      const place = before[next] === text ? next : (places.get(text) ?? -1);
      if (place !== next) endRun();
      if (place < next) {
        edit.push(finding);
        from = next;
      } else {
        if (place > next) from = place;
        next = place + 1;
      }
      return text;
    });
    endRun();
    const same = before.length === findings.length && next === findings.length && edit.length <= 1;
    return same && edit.every(isRun) ? null : edit;
  }
}
