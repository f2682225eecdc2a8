import { daysFromCivil, loadZone } from "../go/time";

const WRITTEN = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d)(?::(\d\d))?$/;
const DAY = 86_400;

/**
 * The instants (milliseconds since 1970, rising) at which the clocks of a zone show a time written as
 * `2026-11-24T09:00[:30]`: one as a rule, none when the clocks skip it, two when they show it twice. `null` for a zone
 * or a time that does not exist.
 */
export function localInstants(zone: string, written: string): number[] | null {
  const place = loadZone(zone);
  const fields = WRITTEN.exec(written)
    ?.slice(1)
    .map((text) => Number(text ?? 0));
  if (!place || !fields) return null;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = fields;
  const days = daysFromCivil(year, month, day);
  const isDate = month >= 1 && month <= 12 && day >= 1 && days < daysFromCivil(year, month + 1, 1);
  if (!isDate || hour > 23 || minute > 59 || second > 59) return null;
  const wall = days * DAY + hour * 3600 + minute * 60 + second;
  const offsets = new Set([wall - DAY, wall, wall + DAY].map((near) => place.at(near).seconds));
  const instants = [...offsets].map((offset) => wall - offset).filter((at) => at + place.at(at).seconds === wall);
  return instants.toSorted((left, right) => left - right).map((at) => at * 1000);
}
