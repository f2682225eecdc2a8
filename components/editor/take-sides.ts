import type { ConfigDocument, Conflict } from "@/lib/alertmanager";
import { setAt } from "../fields/set-at";

export type Side = "mine" | "theirs";
/** By position in the list of conflicts; what is not named stays as mine. */
export type Sides = Readonly<Record<number, Side>>;

/** The merged document with a decision for each place where both wrote. */
export function takeSides(merged: ConfigDocument, conflicts: readonly Conflict[], sides: Sides): ConfigDocument {
  return conflicts.reduce((document, conflict, index) => {
    const value = sides[index] === "theirs" ? conflict.theirs : conflict.mine;
    return { ...document, config: setAt(document.config, conflict.path, value) };
  }, merged);
}
