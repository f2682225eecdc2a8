import fc from "fast-check";
import { expect, it } from "vitest";
import { Agenda } from "./agenda";

it("gives what is due in the order of time, and at one time in the order in which it was added", () => {
  const step = fc.option(fc.integer({ min: 0, max: 20 }), { nil: null });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const agenda = new Agenda<number>();
      let waiting: { at: number; item: number }[] = [];
      // A number is added, null takes the first.
      for (const [item, at] of steps.entries()) {
        if (at !== null) {
          agenda.add(at, item);
          waiting = [...waiting, { at, item }].sort((left, right) => left.at - right.at);
        } else {
          const next = waiting.shift();
          expect(agenda.peek()?.item).toBe(next?.item);
          expect(agenda.take()?.item).toBe(next?.item);
        }
      }
      for (const { item } of waiting) expect(agenda.take()?.item).toBe(item);
      expect(agenda.take()).toBeUndefined();
    }),
  );
});
