"use client";

import { useFormatter, useNow } from "next-intl";

/** "3 minutes ago", with the exact instant on hover and for machines. */
export function RelativeTime({ value, className }: { value: string | Date; className?: string }) {
  const format = useFormatter();
  const now = useNow({ updateInterval: 30_000 });
  const instant = new Date(value);
  return (
    <time
      dateTime={instant.toISOString()}
      title={format.dateTime(instant, { dateStyle: "long", timeStyle: "long" })}
      className={className}
      suppressHydrationWarning
    >
      {instant > now && instant.getTime() - now.getTime() < 60_000
        ? format.relativeTime(now, now)
        : format.relativeTime(instant, now)}
    </time>
  );
}

/** Date and time with the zone's name. */
export function ExactTime({ value, className }: { value: string | Date; className?: string }) {
  const format = useFormatter();
  const instant = new Date(value);
  return (
    <time dateTime={instant.toISOString()} className={className}>
      {format.dateTime(instant, {
        year: "numeric",
        month: "short",
        day: "numeric",
        hour: "2-digit",
        minute: "2-digit",
        second: "2-digit",
        timeZoneName: "short",
      })}
    </time>
  );
}
