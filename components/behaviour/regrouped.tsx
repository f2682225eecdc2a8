"use client";

import { useFormatter, useTranslations } from "next-intl";
import { Tag } from "../ui/badge";
import { Card, CardAside, CardHeader, CardTitle } from "../ui/card";
import { Table, Td, Th, Tr } from "../ui/table";
import { regroupReason } from "./regroup-reason";
import type { BehaviourReport } from "./report";

const SHOWN = 12;

/** Groups that Alertmanager takes for new ones when it reloads, and why. */
export function Regrouped({ report: { regroupings, regrouped, renamed } }: { report: BehaviourReport }) {
  const t = useTranslations("behaviour.regrouped");
  const format = useFormatter();
  if (regroupings.length === 0 && renamed.length === 0) return null;
  const shown = regroupings.slice(0, SHOWN);
  const more = regrouped.groups - shown.length;
  return (
    <Card className="overflow-hidden">
      <CardHeader>
        <CardTitle>{t("title")}</CardTitle>
        <CardAside>
          {regrouped.groups > 0
            ? `${t("count", { count: regrouped.groups })} · ${t("firing", { count: regrouped.firing })}`
            : null}
        </CardAside>
      </CardHeader>
      <p className="border-b px-4 py-2 text-12 text-muted">{t("how")}</p>
      <Table label={t("title")}>
        <thead>
          <tr>
            <Th>{t("receiver")}</Th>
            <Th>{t("group")}</Th>
            <Th>{t("why")}</Th>
            <Th numeric>{t("alertsFiring")}</Th>
          </tr>
        </thead>
        <tbody>
          {renamed.map(({ from, to }) => (
            <Tr key={`renamed ${from}`}>
              <Td className="font-mono text-12 [overflow-wrap:anywhere]" colSpan={2}>
                {from} → {to}
              </Td>
              <Td>
                <Tag>{t("reasons.renamed")}</Tag>
              </Td>
              <Td />
            </Tr>
          ))}
          {shown.map((one) => (
            <Tr key={`${one.receiver} ${one.before ?? ""} ${one.after ?? ""}`}>
              <Td className="align-top font-mono text-12 [overflow-wrap:anywhere]">{one.receiver}</Td>
              <Td className="min-w-[240px] font-mono text-12 [overflow-wrap:anywhere]">
                <del className="block text-muted">{one.before ?? t("none")}</del>
                <ins className="block no-underline">{one.after ?? t("none")}</ins>
              </Td>
              <Td className="align-top">
                <Tag>{t(`reasons.${regroupReason(one)}`)}</Tag>
              </Td>
              <Td numeric className="align-top">
                {format.number(one.firing)}
              </Td>
            </Tr>
          ))}
        </tbody>
      </Table>
      {more > 0 ? <p className="border-t px-4 py-2 text-12 text-muted">{t("more", { count: more })}</p> : null}
    </Card>
  );
}
