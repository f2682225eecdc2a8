"use client";

import { X } from "lucide-react";
import { useFormatter, useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "../ui/button";
import { Chip } from "../ui/chip";
import { ComboboxInput } from "../ui/combobox";
import { FieldError } from "../ui/form-field";
import { ariaOf, type ControlProps, display } from "./control";
import { useFields } from "./environment";
import { completed, fitting, type LabelCount, typingAt } from "./matcher-completion";
import { type MatcherText, readMatchers } from "./matcher-text";

const NO_LABELS: readonly LabelCount[] = [];
const useNoSuggestions = () => NO_LABELS;

/** Matchers as chips; typing one and Enter adds it. What does not parse stays in the box with the parser's words. */
export function MatchersInput(props: ControlProps) {
  const { id, path, value, label } = props;
  const t = useTranslations("fields");
  const { set, readOnly, profile } = useFields();
  const [text, setText] = useState("");
  const [problem, setProblem] = useState<string | null>(null);
  const [near, setNear] = useState(false);
  const { typing, suggestions } = useSuggestions(text, near);
  const items = Array.isArray(value) ? value.map(display) : [];
  const write = (next: readonly string[]) => set(path, next.length === 0 ? undefined : [...next]);

  const add = () => {
    if (text.trim() === "") return setProblem(null);
    const read = readMatchers(text, profile);
    if (read.problem !== null) return setProblem(read.problem);
    write([...items, ...read.matchers.map((matcher) => matcher.text)]);
    setText("");
    setProblem(null);
  };
  const edit = (index: number) => {
    setText(items[index] ?? "");
    write(items.filter((_, other) => other !== index));
    document.getElementById(id)?.focus();
  };

  return (
    <div className="grid gap-1.5">
      {items.length > 0 ? (
        <ul className="flex flex-wrap gap-1.5 pt-1">
          {items.map((item) => (
            <li key={item} className="flex min-w-0 items-center">
              <MatcherChips text={item} />
              {readOnly ? null : (
                <>
                  <Button
                    size="sm"
                    variant="quiet"
                    onClick={() => edit(items.indexOf(item))}
                    aria-label={t("editOf", { name: item })}
                  >
                    {t("edit")}
                  </Button>
                  <Button
                    size="icon-sm"
                    variant="quiet"
                    onClick={() => write(items.filter((other) => other !== item))}
                    aria-label={t("removeOf", { name: item })}
                  >
                    <X aria-hidden />
                  </Button>
                </>
              )}
            </li>
          ))}
        </ul>
      ) : null}
      {readOnly ? (
        items.length === 0 && <span className="py-1.5 text-muted">{t("notSet")}</span>
      ) : (
        <ComboboxInput
          id={id}
          suggestions={suggestions}
          listLabel={t(typing?.kind === "value" ? "valuesSeen" : "labelsSeen")}
          onPick={({ value: picked }) => {
            if (typing) setText(completed(typing, picked));
            setProblem(null);
          }}
          onFocus={() => setNear(true)}
          mono
          value={text}
          autoComplete="off"
          spellCheck={false}
          placeholder={'severity="critical"'}
          aria-label={label}
          onChange={(event) => {
            setText(event.target.value);
            setProblem(null);
          }}
          onBlur={add}
          onKeyDown={(event) => {
            if (event.key !== "Enter") return;
            event.preventDefault();
            add();
          }}
          {...ariaOf({
            describedBy: problem ? `${id}-problem` : props.describedBy,
            invalid: props.invalid || problem !== null,
          })}
        />
      )}
      {problem ? <FieldError id={`${id}-problem`}>{problem}</FieldError> : null}
    </div>
  );
}

/** Names and values of the labels that the tenant's alerts have; asked for only once somebody types here. */
function useSuggestions(text: string, near: boolean) {
  const { useLabelSuggestions = useNoSuggestions } = useFields();
  const format = useFormatter();
  const typing = near ? typingAt(text) : null;
  const counts = useLabelSuggestions(typing && (typing.kind === "value" ? { name: typing.name } : {}));
  const suggestions = fitting(counts, typing?.typed ?? "").map((one) => ({
    value: one.text,
    label: one.text,
    aside: format.number(one.count),
  }));
  return { typing, suggestions: typing ? suggestions : [] };
}

/** One entry of `matchers` may hold several; one that does not parse is shown as it is. */
export function MatcherChips({ text }: { text: string }) {
  const { profile } = useFields();
  const read = readMatchers(text, profile);
  if (read.problem !== null || read.matchers.length === 0) {
    return <code className="rounded-sm border border-critical-line bg-critical-soft px-1.5">{text}</code>;
  }
  return (
    <span className="flex min-w-0 flex-wrap gap-1">
      {read.matchers.map((matcher: MatcherText) => (
        <Chip
          key={matcher.text}
          className="inline-block"
          name={matcher.name}
          operator={matcher.operator}
          value={matcher.value}
        />
      ))}
    </span>
  );
}
