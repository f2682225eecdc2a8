"use client";

import { useState } from "react";
import { FormField } from "../ui/form-field";
import { Input } from "../ui/input";
import { useEdits } from "./use-change";

type NameFieldProps = {
  id: string;
  name: string;
  label: string;
  hint?: string;
  /** Why the name cannot be had; the old one then stays. */
  problem: (name: string) => string | undefined;
  rename: (name: string) => void;
};

/** Written when the cursor leaves: routes follow the name, and half a name would be nobody's. */
export function NameField({ id, name, label, hint, problem, rename }: NameFieldProps) {
  const { readOnly } = useEdits();
  const [text, setText] = useState<string | null>(null);
  const wanted = (text ?? name).trim();
  const wrong = text === null || wanted === name ? undefined : problem(wanted);
  const commit = () => {
    if (text !== null && wanted !== "" && wanted !== name && !wrong) rename(wanted);
    setText(null);
  };
  return (
    <FormField id={id} label={label} hint={hint} className="max-w-[420px]" error={wrong}>
      {(control) => (
        <Input
          mono
          readOnly={readOnly}
          autoComplete="off"
          spellCheck={false}
          value={text ?? name}
          onChange={(event) => setText(event.target.value)}
          onBlur={commit}
          onKeyDown={(event) => {
            if (event.key === "Enter") commit();
            if (event.key === "Escape") setText(null);
          }}
          {...control}
        />
      )}
    </FormField>
  );
}
