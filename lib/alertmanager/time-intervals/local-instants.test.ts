import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { zoneNames } from ".";
import { localInstants } from "./local-instants";

const iso = (zone: string, written: string) => localInstants(zone, written)?.map((at) => new Date(at).toISOString());

describe("localInstants", () => {
  it("reads the clocks of the zone, in summer and in winter", () => {
    expect(iso("Europe/Berlin", "2026-07-01T09:00")).toEqual(["2026-07-01T07:00:00.000Z"]);
    expect(iso("Europe/Berlin", "2026-12-01T09:00:30")).toEqual(["2026-12-01T08:00:30.000Z"]);
    expect(iso("UTC", "2028-02-29T23:59")).toEqual(["2028-02-29T23:59:00.000Z"]);
  });

  it("finds no instant for a time that the clocks skip, and two for one that they show twice", () => {
    expect(iso("Europe/Berlin", "2026-03-29T02:30")).toEqual([]);
    expect(iso("Europe/Berlin", "2026-10-25T02:30")).toEqual(["2026-10-25T00:30:00.000Z", "2026-10-25T01:30:00.000Z"]);
    expect(iso("Australia/Lord_Howe", "2026-04-05T01:45")).toHaveLength(2);
  });

  it("knows no day, hour or zone that is not there", () => {
    for (const written of ["2026-02-29T09:00", "2026-13-01T09:00", "2026-01-01T24:00", "2026-01-01 09:00", "today"]) {
      expect(localInstants("UTC", written), written).toBeNull();
    }
    expect(localInstants("Europe/Atlantis", "2026-01-01T09:00")).toBeNull();
  });

  it("gives back what the platform's clocks show", () => {
    const zone = fc.constantFrom(...zoneNames().filter((name) => /^(Europe|America|Asia|Australia)\//.test(name)));
    const at = fc.integer({ min: Date.UTC(2024, 0), max: Date.UTC(2030, 0) }).map((ms) => ms - (ms % 1000));
    fc.assert(
      fc.property(zone, at, (name, instant) => {
        const shown = new Intl.DateTimeFormat("sv-SE", {
          timeZone: name,
          dateStyle: "short",
          timeStyle: "medium",
        }).format(instant);
        expect(localInstants(name, shown.replace(" ", "T"))).toContain(instant);
      }),
      { numRuns: 200 },
    );
  });
});
