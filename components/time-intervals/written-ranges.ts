import { type Json, MONTHS, readRange, WEEKDAYS } from "@/lib/alertmanager";
import { display } from "../fields/control";

export type Cycle = "weekdays" | "months";

/** One entry of a list of ranges, as it is written; `members` is null for what cannot be read. */
export interface Written {
  text: string;
  /** Weekdays from 0 (Sunday), months from 1. */
  members: readonly number[] | null;
}

const NAMES: Record<Cycle, readonly string[]> = { weekdays: WEEKDAYS, months: ["", ...MONTHS] };
/** As most people's week goes; upstream's begins with Sunday. */
export const IN_ORDER: Record<Cycle, readonly number[]> = {
  weekdays: [1, 2, 3, 4, 5, 6, 0],
  months: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12],
};

export function readWritten(cycle: Cycle, list: readonly Json[]): Written[] {
  return list.map((entry) => {
    const text = display(entry);
    const { range } = readRange(cycle, text);
    return { text, members: range && IN_ORDER[cycle].filter((one) => range.begin <= one && one <= range.end) };
  });
}

export function isSingle({ members, text }: Written): boolean {
  return members?.length === 1 && !text.includes(":");
}

/** Puts one day or month in, or takes it out. A range that has it is cut in two; all other entries stay as they are written. */
export function toggled(cycle: Cycle, list: readonly Json[], member: number): Json[] | undefined {
  const written = readWritten(cycle, list);
  if (!written.some(({ members }) => members?.includes(member))) return added(cycle, list, written, member);
  const next = list.flatMap((entry, index): Json[] => {
    const { members, text } = written[index]!;
    if (!members?.includes(member)) return [entry];
    const rising = [...members].sort((left, right) => left - right);
    const pieces = [rising.filter((one) => one < member), rising.filter((one) => one > member)];
    return pieces.flatMap((piece) => pieceText(cycle, piece, /\d/.test(text)));
  });
  return next.length > 0 ? next : undefined;
}

function added(cycle: Cycle, list: readonly Json[], written: readonly Written[], member: number): Json[] {
  const name = NAMES[cycle][member]!;
  if (!written.every(isSingle)) return [...list, name];
  const place = (one: number) => IN_ORDER[cycle].indexOf(one);
  const behind = written.findIndex(({ members }) => place(members![0]!) > place(member));
  return list.toSpliced(behind < 0 ? list.length : behind, 0, name);
}

function pieceText(cycle: Cycle, piece: readonly number[], numeric: boolean): string[] {
  const [first, last] = [piece[0], piece.at(-1)];
  if (first === undefined || last === undefined) return [];
  const name = (member: number) => (numeric ? String(member) : NAMES[cycle][member]!);
  return [first === last ? name(first) : `${name(first)}:${name(last)}`];
}
