"use client";

import { Check, Minus, X } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useId, useMemo, useState } from "react";
import { type Config, printMatcher, type RouteExplanation } from "@/lib/alertmanager";
import { InjectedChips } from "../editor/injected-chips";
import type { InjectedMatcher } from "../editor/injected-matchers";
import { useTenant } from "../http/tenant-context";
import { Button } from "../ui/button";
import { Chip } from "../ui/chip";
import { cn } from "../ui/cn";
import { FormField } from "../ui/form-field";
import { Select } from "../ui/select";
import type { Labels } from "./alerts-text";
import { askedMatchers, routeNumber, whyRows } from "./why-rows";

type WhyTreeProps = {
  explanation: RouteExplanation;
  labels: Labels;
  config: Config;
  injected: readonly InjectedMatcher[];
};

/** Every route that was asked, in order, with what each matcher said. For one receiver: only the ways to it. */
export function WhyTree({ explanation, labels, config, injected }: WhyTreeProps) {
  const t = useTranslations("tester.why");
  const id = useId();
  const [receiver, setReceiver] = useState("");
  const [all, setAll] = useState(false);
  const names = (Array.isArray(config.receivers) ? config.receivers : []).flatMap((one) => one?.name ?? []);
  const rows = useMemo(() => whyRows(explanation, { receiver, all }), [explanation, receiver, all]);
  const noWay = receiver !== "" && rows.length === 1 && explanation.route.options.receiver !== receiver;
  return (
    <div className="grid gap-2">
      <div className="flex flex-wrap items-end gap-x-4 gap-y-2">
        <h3 className="flex-1 font-semibold">{t("title")}</h3>
        <FormField id={`${id}-receiver`} label={t("receiver")} className="grid-flow-col items-center max-sm:w-full">
          {(control) => (
            <Select {...control} mono value={receiver} onChange={(event) => setReceiver(event.target.value)}>
              <option value="">{t("everyRoute")}</option>
              {[...new Set(names)].map((name) => (
                <option key={name} value={name}>
                  {name}
                </option>
              ))}
            </Select>
          )}
        </FormField>
      </div>
      {noWay ? <p className="text-muted">{t("noWay", { receiver })}</p> : null}
      <ol className="overflow-hidden rounded-md border">
        {rows.map((row) => (
          <li key={row.key} className="border-b px-3 py-1.5 last:border-0">
            <div className={INDENTS[Math.min(row.depth, INDENTS.length - 1)]}>
              {row.kind === "more" ? (
                <Button size="sm" onClick={() => setAll(true)}>
                  {t("more", { count: row.count })}
                </Button>
              ) : (
                <WhyRoute explanation={row.explanation} number={row.number} labels={labels} injected={injected} />
              )}
            </div>
          </li>
        ))}
      </ol>
    </div>
  );
}

const INDENTS = ["", "pl-4", "pl-8", "pl-12", "pl-16", "pl-20"];

const MARKS = { notifies: Check, passes_on: Check, refuses: X, unreached: Minus } as const;
const COLOURS = {
  notifies: "text-success",
  passes_on: "text-success",
  refuses: "text-critical",
  unreached: "text-muted",
} as const;

type WhyRouteProps = Pick<WhyTreeProps, "explanation" | "labels" | "injected"> & { number: string };

function WhyRoute({ explanation, number, labels, injected }: WhyRouteProps) {
  const t = useTranslations("tester.why");
  const tenant = useTenant();
  const { route, outcome, continues, keptBy } = explanation;
  const Mark = MARKS[outcome];
  const asked = askedMatchers(explanation, labels);
  const wrong = asked.filter(({ passes }) => passes === false);
  return (
    <div className="flex items-start gap-2">
      <Mark className={cn("mt-0.5 size-4 shrink-0", COLOURS[outcome])} aria-hidden />
      <div className="grid min-w-0 flex-1 gap-1">
        <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <Link
            className="link font-mono text-12"
            href={`${tenant.href("routes")}?route=${encodeURIComponent(route.id)}`}
          >
            {number || t("root")}
          </Link>
          {asked.length === 0 && number !== "" ? <span className="text-muted">{t("anyAlert")}</span> : null}
          {asked.map(({ matcher, passes }) => (
            <span key={`${matcher.name}${matcher.op}${matcher.value}`} className="inline-flex items-center gap-1">
              {passes === null ? null : passes ? (
                <Check className="size-3.5 text-success" aria-label={t("fits")} />
              ) : (
                <X className="size-3.5 text-critical" aria-label={t("fitsNot")} />
              )}
              {route.injected.includes(matcher) ? (
                <InjectedChips injected={injected.filter(({ text }) => text === printMatcher(matcher))} />
              ) : (
                <Chip name={matcher.name} operator={matcher.op} value={matcher.value} />
              )}
            </span>
          ))}
          <span className="font-mono text-12 text-muted [overflow-wrap:anywhere]">→ {route.options.receiver}</span>
        </div>
        <p className="text-12 text-soft">
          {t(`outcomes.${outcome}`, { receiver: route.options.receiver, by: keptBy ? routeNumber(keptBy) : "" })}{" "}
          {wrong.map(({ matcher, value }) =>
            value === null
              ? `${t("absent", { name: matcher.name })} `
              : `${t("holds", { name: matcher.name, value: JSON.stringify(value) })} `,
          )}
          {route.error === null ? null : t("unreadable", { error: route.error })}
          {continues && number !== "" ? t("continues") : null}
        </p>
      </div>
    </div>
  );
}
