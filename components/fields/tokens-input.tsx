"use client";

import { X } from "lucide-react";
import { useTranslations } from "next-intl";
import { useId, useState } from "react";
import { Chip } from "../ui/chip";
import { Input } from "../ui/input";
import { ariaOf, type ControlProps, display } from "./control";
import { useFields } from "./environment";

/** Names as chips: `group_by`, `equal`, time intervals. Enter or a comma adds, Backspace in the empty box removes. */
export function TokensInput({ suggestions, ...props }: ControlProps & { suggestions?: readonly string[] | undefined }) {
  const { id, path, value, label } = props;
  const t = useTranslations("fields");
  const { set, readOnly } = useFields();
  const listId = useId();
  const [text, setText] = useState("");
  const items = Array.isArray(value) ? value : [];
  const write = (next: typeof items) => set(path, next.length === 0 ? undefined : next);
  const add = (raw: string) => {
    const names = raw
      .split(",")
      .map((name) => name.trim())
      .filter((name) => name !== "" && !items.includes(name));
    setText("");
    if (names.length > 0) write([...items, ...names]);
  };

  return (
    <div className="grid gap-1.5">
      {items.length > 0 ? (
        <ul className="flex flex-wrap gap-1.5 pt-1">
          {items.map((item, index) => (
            <li key={display(item)}>
              <Chip
                name={display(item)}
                after={
                  readOnly ? null : (
                    <button
                      type="button"
                      className="-mr-1 ml-1 grid size-4 place-items-center rounded-sm text-muted hover:bg-hover hover:text-text"
                      onClick={() => write(items.filter((_, other) => other !== index))}
                      aria-label={t("removeOf", { name: display(item) })}
                    >
                      <X className="size-3" aria-hidden />
                    </button>
                  )
                }
              />
            </li>
          ))}
        </ul>
      ) : null}
      {readOnly ? (
        items.length === 0 && <span className="py-1.5 text-muted">{t("notSet")}</span>
      ) : (
        <>
          <Input
            id={id}
            mono
            value={text}
            autoComplete="off"
            spellCheck={false}
            list={suggestions ? listId : undefined}
            placeholder={t("tokensPlaceholder")}
            aria-label={label}
            onChange={(event) =>
              event.target.value.endsWith(",") ? add(event.target.value) : setText(event.target.value)
            }
            onBlur={() => add(text)}
            onKeyDown={(event) => {
              if (event.key === "Enter" && text !== "") {
                event.preventDefault();
                add(text);
              }
              if (event.key === "Backspace" && text === "" && items.length > 0) write(items.slice(0, -1));
            }}
            {...ariaOf(props)}
          />
          {suggestions ? (
            <datalist id={listId}>
              {suggestions
                .filter((name) => !items.includes(name))
                .map((name) => (
                  <option key={name} value={name} />
                ))}
            </datalist>
          ) : null}
        </>
      )}
    </div>
  );
}
