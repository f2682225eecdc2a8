"use client";

import { useTranslations } from "next-intl";
import type { HttpRequest } from "@/lib/alertmanager/notifications/request";
import { Facts } from "./facts";
import { Folded } from "./folded";
import { formOf, type Part } from "./part";
import { TidyCard } from "./tidy-card";

const FOLD = { characters: 1_600, lines: 30 };
const MOST_ATTRIBUTES = 50;

/** A message to a topic, as a mail or a queue gets it, or one to a phone. */
export function Sns({ request }: { request: HttpRequest }) {
  const t = useTranslations("looks");
  const form = formOf(request.body);
  const of = (key: string) => form.text(key);
  const phone = of("PhoneNumber");
  return (
    <TidyCard
      head={
        <strong className="font-semibold">
          {phone === "" ? of("Subject") || t("noSubject") : t("sms", { phone })}
        </strong>
      }
    >
      <div className="whitespace-pre-wrap [overflow-wrap:anywhere]">
        <Folded text={of("Message").trim()} rule={FOLD}>
          {(shown) => shown}
        </Folded>
      </div>
      <Facts
        mono
        facts={[
          ["TopicArn", of("TopicArn")],
          ["TargetArn", of("TargetArn")],
          ["MessageGroupId", of("MessageGroupId")],
          ...attributes(form),
        ]}
      />
    </TidyCard>
  );
}

function attributes(form: Part): (readonly [string, string])[] {
  const found: (readonly [string, string])[] = [];
  for (let at = 1; at <= MOST_ATTRIBUTES; at++) {
    const entry = `MessageAttributes.entry.${at}`;
    if (!form.has(`${entry}.Name`)) break;
    found.push([form.text(`${entry}.Name`), form.text(`${entry}.Value.StringValue`)]);
  }
  return found;
}
