"use client";

import { useFormatter, useTranslations } from "next-intl";
import { useState } from "react";
import { Tag } from "../ui/badge";
import { Button } from "../ui/button";
import { Table, Td, Th, Tr } from "../ui/table";
import type { ReceiverRow } from "./receiver-rows";

const FIRST = 8;
const COUNTS = ["lost", "movedAway", "gained", "movedHere"] as const;

/** Receiver by receiver: alerts, which are exact, and notifications, which are estimated. */
export function ReceiversTable({ rows, estimates }: { rows: readonly ReceiverRow[]; estimates: boolean }) {
  const t = useTranslations("behaviour.blast");
  const tag = useTranslations("behaviour");
  const format = useFormatter();
  const [all, setAll] = useState(false);
  const shown = all ? rows : rows.slice(0, FIRST);
  return (
    <>
      <Table label={t("receivers")}>
        <thead>
          <tr>
            <Th>{t("receiver")}</Th>
            <Th numeric>{t("alertsNow")}</Th>
            <Th numeric>{t("alertsAfter")}</Th>
            {estimates ? (
              <>
                <Th numeric>{t("notificationsNow")}</Th>
                <Th numeric>
                  {t("notificationsAfter")} <Tag>{tag("estimated")}</Tag>
                </Th>
              </>
            ) : null}
          </tr>
        </thead>
        <tbody>
          {shown.map((row) => {
            const { receiver, alerts, notifications, pagesLost } = row;
            const facts = COUNTS.filter((one) => row[one] > 0).map((one) => t(one, { count: row[one] }));
            return (
              <Tr key={receiver}>
                <Td className="min-w-[160px]">
                  <span className="block font-mono text-12 font-medium [overflow-wrap:anywhere]">{receiver}</span>
                  <span className="block text-12 text-muted">
                    {pagesLost > 0 ? (
                      <span className="font-medium text-critical">{t("pagesLost", { count: pagesLost })}</span>
                    ) : null}
                    {pagesLost > 0 && facts.length > 0 ? " · " : null}
                    {facts.join(" · ")}
                    {alerts.before > 0 && alerts.after === 0 ? (
                      <span className="text-warning"> · {t("silent")}</span>
                    ) : null}
                  </span>
                </Td>
                <Td numeric>{format.number(alerts.before)}</Td>
                <Td numeric className="font-medium">
                  {format.number(alerts.after)}
                </Td>
                {!estimates ? null : notifications ? (
                  <>
                    <Td numeric>≈ {format.number(notifications.before)}</Td>
                    <Td numeric className="font-medium">
                      ≈ {format.number(notifications.after)}
                    </Td>
                  </>
                ) : (
                  <Td numeric colSpan={2} className="text-muted">
                    {t("same")}
                  </Td>
                )}
              </Tr>
            );
          })}
        </tbody>
      </Table>
      {rows.length > shown.length ? (
        <div className="border-t px-4 py-2">
          <Button size="sm" variant="quiet" onClick={() => setAll(true)}>
            {t("more", { count: rows.length - shown.length })}
          </Button>
        </div>
      ) : null}
    </>
  );
}
