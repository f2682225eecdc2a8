"use client";

import { Lock } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { isSecretRef, type SecretFacts } from "@/lib/alertmanager";
import { useErrorText } from "../http";
import { Button } from "../ui/button";
import { FieldError } from "../ui/form-field";
import { Input } from "../ui/input";
import { RelativeTime } from "../ui/time";
import { ariaOf, type ControlProps, display } from "./control";
import { useFields } from "./environment";
import { StillRow } from "./still-row";

/** Write-only: it is set or replaced, never shown. The plaintext leaves the browser at once and stays nowhere in it. */
export function SecretInput(props: ControlProps) {
  const { id, path, type, value, label } = props;
  const t = useTranslations("fields");
  const { readOnly, seal, set } = useFields();
  const [replacing, setReplacing] = useState(false);
  const text = display(value);
  const kind = type.kind as SecretFacts["kind"];

  if (text !== "" && !replacing) {
    return (
      <StillRow
        id={id}
        icon={<Lock className="size-3.5 shrink-0" aria-hidden />}
        describedBy={props.describedBy}
        action={
          readOnly ? null : (
            <span className="flex gap-1">
              <Button size="sm" onClick={() => setReplacing(true)} aria-label={t("replaceOf", { name: label })}>
                {t("replace")}
              </Button>
              <Button
                size="sm"
                variant="quiet"
                onClick={() => set(path, undefined)}
                aria-label={t("clearOf", { name: label })}
              >
                {t("clear")}
              </Button>
            </span>
          )
        }
      >
        <SecretWords text={text} />
      </StillRow>
    );
  }
  if (readOnly) return <StillRow id={id}>{t("notSet")}</StillRow>;
  return (
    <SecretEntry
      {...props}
      cancel={replacing ? () => setReplacing(false) : undefined}
      commit={async (plaintext) => {
        set(path, await seal(plaintext, kind, isSecretRef(text) ? text : undefined));
        setReplacing(false);
      }}
    />
  );
}

/** "Secret, set 3 days ago by Mara", or that the text will be sealed. */
export function SecretWords({ text }: { text: string }) {
  const t = useTranslations("fields");
  const { secretFacts } = useFields();
  if (!isSecretRef(text)) return <>{t("secretUnsealed")}</>;
  const facts = secretFacts(text);
  return (
    <>
      <strong className="font-medium">{t("secret")}</strong>{" "}
      {facts ? (
        <>
          {t("secretSet")} <RelativeTime value={facts.setAt} />
          {facts.setBy ? ` ${t("secretBy", { name: facts.setBy })}` : ""}
          {facts.host ? (
            <>
              {" · "}
              <code>{facts.host}</code>
            </>
          ) : null}
        </>
      ) : (
        t("secretSealed")
      )}
    </>
  );
}

function SecretEntry({
  commit,
  cancel,
  ...props
}: ControlProps & { commit: (plaintext: string) => Promise<void>; cancel: (() => void) | undefined }) {
  const t = useTranslations("fields");
  const errorText = useErrorText();
  const [text, setText] = useState("");
  const [pending, setPending] = useState(false);
  const [error, setError] = useState<unknown>(null);

  const submit = async () => {
    if (text.trim() === "" || pending) return;
    setPending(true);
    setError(null);
    try {
      await commit(text.trim());
    } catch (caught) {
      setError(caught);
    } finally {
      setPending(false);
    }
  };

  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would need a legend, and the row has its name already
    <div
      role="group"
      aria-label={props.label}
      onBlur={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) void submit();
      }}
    >
      <div className="flex gap-2">
        <Input
          id={props.id}
          type="password"
          autoComplete="off"
          data-1p-ignore
          spellCheck={false}
          mono
          value={text}
          placeholder={t(props.type.kind === "secret" ? "secretPlaceholder" : "secretUrlPlaceholder")}
          aria-label={props.label}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === "Enter") {
              event.preventDefault();
              void submit();
            }
            if (event.key === "Escape") cancel?.();
          }}
          {...ariaOf(props)}
        />
        <Button onClick={() => void submit()} pending={pending} disabled={text.trim() === ""}>
          {t("set")}
        </Button>
        {cancel ? (
          <Button variant="quiet" onClick={cancel}>
            {t("cancel")}
          </Button>
        ) : null}
      </div>
      {error ? (
        <div className="mt-1.5">
          <FieldError>{[errorText(error).title, errorText(error).detail].filter(Boolean).join(" ")}</FieldError>
        </div>
      ) : null}
    </div>
  );
}
