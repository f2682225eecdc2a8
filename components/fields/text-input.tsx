"use client";

import type { FieldType, Json } from "@/lib/alertmanager";
import { Input } from "../ui/input";
import { Textarea } from "../ui/textarea";
import { ariaOf, type ControlProps, display } from "./control";
import { useFields } from "./environment";
import { TemplateInput } from "./template-input";

const PLACEHOLDERS: Partial<Record<FieldType["kind"], string>> = {
  duration: "5m",
  goDuration: "10s",
  url: "https://",
  hostPort: "smtp.example.com:587",
};

function read(text: string, type: FieldType): Json {
  const number = Number(text);
  const numeric = type.kind === "int" || type.kind === "uint" || type.kind === "float";
  // What is no number stays as typed: the check says so, the person's text is not thrown away.
  return numeric && text.trim() !== "" && Number.isFinite(number) ? number : text;
}

/** One line, or several where the field says so. An emptied field is absent, unless it would then take another value. */
export function TextInput({ keepEmpty, ...props }: ControlProps & { keepEmpty?: boolean }) {
  const { id, path, field, type, value, label } = props;
  const { set, readOnly } = useFields();
  const text = display(value);
  const onChange = (next: string) => set(path, next === "" && !keepEmpty ? undefined : read(next, type));
  const numeric = type.kind === "int" || type.kind === "uint";
  const shared = { id, value: text, readOnly, spellCheck: false, "aria-label": label, ...ariaOf(props) };

  if (field.templated && type.kind === "string") {
    return (
      <TemplateInput
        {...shared}
        multiline={field.multiline ?? false}
        placeholder={value === undefined && field.default !== undefined ? display(field.default) : undefined}
        onValue={onChange}
      />
    );
  }
  if (field.multiline || text.includes("\n")) {
    return <Textarea {...shared} mono rows={2} onChange={(event) => onChange(event.target.value)} />;
  }
  return (
    <Input
      {...shared}
      mono
      autoComplete="off"
      inputMode={numeric ? "numeric" : undefined}
      placeholder={PLACEHOLDERS[type.kind]}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}

/** A value of any shape, as JSON; what does not parse stays text. */
export function JsonInput(props: ControlProps) {
  const { id, path, value, label } = props;
  const { set, readOnly } = useFields();
  const onChange = (text: string) => {
    if (text === "") return set(path, undefined);
    try {
      set(path, JSON.parse(text) as Json);
    } catch {
      set(path, text);
    }
  };
  return (
    <Textarea
      id={id}
      mono
      spellCheck={false}
      readOnly={readOnly}
      defaultValue={value === undefined ? "" : typeof value === "string" ? value : JSON.stringify(value, null, 2)}
      aria-label={label}
      onBlur={(event) => onChange(event.target.value)}
      {...ariaOf(props)}
    />
  );
}
