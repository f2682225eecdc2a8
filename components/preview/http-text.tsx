"use client";

import { useTranslations } from "next-intl";
import { memo, useMemo, useState } from "react";
import type { CasePreview } from "@/lib/alertmanager";
import { asCurl } from "@/lib/alertmanager/preview/curl";
import { Tag } from "../ui/badge";
import { Button } from "../ui/button";
import { CopyButton } from "./copy-button";
import { indentJson, type JsonToken } from "./json-text";
import { TextBox } from "./text-box";

type Http = Exclude<CasePreview["requests"][number], { smtp: true }>;

/** Colours for a longer text cost more than they help. */
const COLOURED = 24_000;

const COLOURS: Record<JsonToken["kind"], string | undefined> = {
  key: "text-accent",
  string: "text-success",
  number: "text-info",
  word: "text-info",
  mark: "text-muted",
};

/** One HTTP request: its line, its headers, its body. */
export const HttpText = memo(({ request }: { request: Http }) => {
  const t = useTranslations("preview");
  const { method, scheme, host, path, headers, body } = request;
  const [exact, setExact] = useState(false);
  const tokens = useMemo(() => indentJson(body), [body]);
  return (
    <>
      <p className="flex min-w-0 items-start gap-2">
        <Tag mono>{method}</Tag>
        <code className="min-w-0 flex-1 pt-px">{`${scheme}://${host}${path}`}</code>
        <CopyButton text={asCurl(request)}>{t("copyCurl")}</CopyButton>
      </p>
      <dl aria-label={t("headers")} className="grid gap-0.5 font-mono text-12 leading-[18px]">
        {headers.map(([name, value], index) => (
          <div key={`${name}-${index.toString()}`} className="flex min-w-0 gap-1.5">
            <dt className="shrink-0 text-muted">{name}:</dt>
            <dd className="min-w-0 [overflow-wrap:anywhere]">{value}</dd>
          </div>
        ))}
      </dl>
      {body === "" ? (
        <p className="text-12 text-muted">{t("noBody")}</p>
      ) : (
        <TextBox
          label={t("body")}
          copied={body}
          length={body.length}
          actions={
            tokens ? (
              <Button size="sm" variant="quiet" aria-pressed={exact} onClick={() => setExact(!exact)}>
                {t("exactBytes")}
              </Button>
            ) : null
          }
        >
          {tokens && !exact ? <Indented tokens={tokens} coloured={body.length <= COLOURED} /> : body}
        </TextBox>
      )}
    </>
  );
});
HttpText.displayName = "HttpText";

function Indented({ tokens, coloured }: { tokens: readonly JsonToken[]; coloured: boolean }) {
  if (!coloured) return tokens.map(({ text }) => text).join("");
  return tokens.map(({ kind, text }, index) => (
    <span key={index.toString()} className={COLOURS[kind]}>
      {text}
    </span>
  ));
}
