import { MONTHS, WEEKDAYS } from "./names";

/** A range as upstream prints it back: weekdays by name, months and the rest as numbers, one value alone as such. */
export function printRange(text: string, goName: string): string {
  const parts = text.toLowerCase().split(":");
  const bounds = [parts[0] ?? "", parts[1] ?? parts[0] ?? ""].map((part) => {
    if (WEEKDAYS.includes(part)) return part;
    const month = goName.endsWith("MonthRange") && !goName.endsWith("DayOfMonthRange") ? MONTHS.indexOf(part) + 1 : 0;
    return String(month || Number(part));
  });
  return bounds[0] === bounds[1] ? bounds[0]! : bounds.join(":");
}
