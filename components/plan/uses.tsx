"use client";

import { useFormatter, useTranslations } from "next-intl";
import type { Usage } from "@/lib/operations/contract";
import { QUOTAS } from "@/lib/tenancy/tiers/contract";
import { cn } from "../ui/cn";
import { Table, Td, Th, Tr } from "../ui/table";
import { roomOf } from "./room";

/** Every limit with what is used of it. */
export function Uses({ uses, label }: { uses: Usage["uses"]; label: string }) {
  const t = useTranslations("plan");
  const format = useFormatter();
  const number = (value: number) => format.number(value);
  return (
    <Table label={label}>
      <thead>
        <tr>
          <Th>{t("what")}</Th>
          <Th numeric>{t("used")}</Th>
          <Th numeric>{t("limit")}</Th>
          <Th className="w-1/3">{t("share")}</Th>
        </tr>
      </thead>
      <tbody>
        {QUOTAS.map((quota) => {
          const { used, limit } = uses[quota];
          const room = roomOf(used, limit);
          return (
            <Tr key={quota}>
              <Td>{t(`quota.${quota}`)}</Td>
              <Td numeric>{used === null ? "–" : number(used)}</Td>
              <Td numeric>{limit === null ? t("none") : number(limit)}</Td>
              <Td>{room ? <Share {...room} label={t(`quota.${quota}`)} /> : null}</Td>
            </Tr>
          );
        })}
      </tbody>
    </Table>
  );
}

type ShareProps = { used: number; limit: number; tight: boolean; full: boolean; label: string };

/** A bar with its percentage; the number says what the colour does. */
export function Share({ used, limit, tight, full, label }: ShareProps) {
  const format = useFormatter();
  const share = limit === 0 ? 1 : used / limit;
  return (
    <span className="flex items-center gap-2">
      <progress
        aria-label={label}
        value={Math.min(share, 1)}
        max={1}
        className={cn(
          "h-1.5 w-full min-w-16 appearance-none overflow-hidden rounded-full bg-sunken [&::-webkit-progress-bar]:bg-sunken [&::-webkit-progress-value]:bg-accent-fill [&::-moz-progress-bar]:bg-accent-fill",
          tight && "[&::-webkit-progress-value]:bg-warning [&::-moz-progress-bar]:bg-warning",
          full && "[&::-webkit-progress-value]:bg-critical [&::-moz-progress-bar]:bg-critical",
        )}
      />
      <span className="w-12 text-right text-12 text-soft tabular-nums">
        {format.number(share, { style: "percent", maximumFractionDigits: 0 })}
      </span>
    </span>
  );
}
