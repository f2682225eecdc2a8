"use client";

import type { TextareaHTMLAttributes } from "react";
import { cn } from "../ui/cn";
import { TOKEN_CLASSES, templateTokens } from "./template-tokens";

/** A Go template in colours, as text. */
export function TemplateText({ text }: { text: string }) {
  let at = 0;
  return templateTokens(text).map(({ kind, text: piece }) => {
    at += piece.length;
    return kind === "text" ? (
      piece
    ) : (
      <span key={at} className={TOKEN_CLASSES[kind]}>
        {piece}
      </span>
    );
  });
}

type TemplateInputProps = Omit<TextareaHTMLAttributes<HTMLTextAreaElement>, "value" | "onChange"> & {
  value: string;
  onValue: (text: string) => void;
  /** Whether Enter makes a new line; long lines wrap either way. */
  multiline: boolean;
};

const METRICS = "px-2.5 py-[6px] font-mono text-12 leading-[18px] whitespace-pre-wrap [overflow-wrap:anywhere]";

/**
 * A text area of exactly the size of its text, with the coloured text behind its own transparent one. The browser keeps
 * caret, selection, undo, spelling and input methods; nothing is loaded for it.
 */
export function TemplateInput({ value, onValue, multiline, className, ...props }: TemplateInputProps) {
  return (
    <div
      className={cn(
        "relative rounded-md border border-line-field bg-field has-focus-visible:outline-2 has-focus-visible:outline-accent has-aria-invalid:border-critical",
        className,
      )}
    >
      <div aria-hidden className={cn(METRICS, "pointer-events-none min-h-[30px]")}>
        <TemplateText text={value} />
        {value === "" ? <span className="invisible">{props.placeholder}</span> : null}
        {"\u200b"}
      </div>
      <textarea
        rows={1}
        spellCheck={false}
        value={value}
        onChange={(event) => {
          const text = event.target.value;
          onValue(multiline || value.includes("\n") ? text : text.replace(/\n/g, " "));
        }}
        onKeyDown={(event) => {
          if (event.key === "Enter" && !multiline && !value.includes("\n")) event.preventDefault();
        }}
        className={cn(
          METRICS,
          "absolute inset-0 size-full resize-none overflow-hidden bg-transparent text-text caret-text outline-none [-webkit-text-fill-color:transparent] placeholder:[-webkit-text-fill-color:var(--ink-muted)]",
        )}
        {...props}
      />
    </div>
  );
}
