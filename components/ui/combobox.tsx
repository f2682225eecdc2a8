"use client";

import { type ComponentProps, type KeyboardEvent, useEffect, useId, useLayoutEffect, useRef, useState } from "react";
import { cn } from "./cn";
import { Input } from "./input";

export type Suggestion = { value: string; label: string; aside?: string };

export type ComboboxInputProps = Omit<ComponentProps<typeof Input>, "role" | "list"> & {
  suggestions: readonly Suggestion[];
  /** What the list is, for who cannot see it. */
  listLabel: string;
  onPick: (suggestion: Suggestion) => void;
};

/**
 * An input with suggestions below it: arrows choose, Enter takes, Escape puts them away. The list is the browser's own
 * popover, as the boxes around it may clip what stands out.
 */
export function ComboboxInput({
  suggestions,
  listLabel,
  onPick,
  onChange,
  onKeyDown,
  onFocus,
  onBlur,
  ...props
}: ComboboxInputProps) {
  const listId = useId();
  const input = useRef<HTMLInputElement>(null);
  const [focused, setFocused] = useState(false);
  const [dismissed, setDismissed] = useState(false);
  const [active, setActive] = useState(-1);
  const open = focused && !dismissed && suggestions.length > 0;
  const chosen = open ? suggestions[active] : undefined;
  const pick = (suggestion: Suggestion) => {
    setActive(-1);
    onPick(suggestion);
  };
  const keyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (by && suggestions.length > 0) {
      setDismissed(false);
      if (open) setActive(nextOf(active, by, suggestions.length));
    } else if (event.key === "Enter" && chosen) pick(chosen);
    else if (event.key === "Escape" && open) {
      setDismissed(true);
      setActive(-1);
      event.stopPropagation();
    } else {
      onKeyDown?.(event);
      return;
    }
    event.preventDefault();
  };
  return (
    <>
      <Input
        ref={input}
        role="combobox"
        aria-autocomplete="list"
        aria-expanded={open}
        aria-controls={open ? listId : undefined}
        aria-activedescendant={chosen ? `${listId}-${active}` : undefined}
        onChange={(event) => {
          setDismissed(false);
          setActive(-1);
          onChange?.(event);
        }}
        onKeyDown={keyDown}
        onFocus={(event) => {
          setFocused(true);
          setDismissed(false);
          onFocus?.(event);
        }}
        onBlur={(event) => {
          setFocused(false);
          setActive(-1);
          onBlur?.(event);
        }}
        {...props}
      />
      {open ? (
        <Suggestions id={listId} anchor={input} label={listLabel} all={suggestions} active={active} pick={pick} />
      ) : null}
    </>
  );
}

/** Past either end nothing is chosen, then it begins again. */
function nextOf(active: number, by: number, count: number): number {
  const next = active + by;
  if (next < -1) return count - 1;
  return next >= count ? -1 : next;
}

type SuggestionsProps = {
  id: string;
  anchor: { current: HTMLElement | null };
  label: string;
  all: readonly Suggestion[];
  active: number;
  pick: (suggestion: Suggestion) => void;
};

function Suggestions({ id, anchor, label, all, active, pick }: SuggestionsProps) {
  const list = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const element = list.current;
    const place = () => {
      const box = anchor.current?.getBoundingClientRect();
      if (!element || !box) return;
      const below = window.innerHeight - box.bottom;
      const above = below < 160 && box.top > below;
      const { style } = element;
      style.left = `${box.left}px`;
      style.minWidth = `${box.width}px`;
      style.maxHeight = `${Math.min(280, (above ? box.top : below) - 12)}px`;
      style.top = above ? "auto" : `${box.bottom + 2}px`;
      style.bottom = above ? `${window.innerHeight - box.top + 2}px` : "auto";
    };
    place();
    element?.showPopover?.();
    window.addEventListener("scroll", place, true);
    window.addEventListener("resize", place);
    return () => {
      window.removeEventListener("scroll", place, true);
      window.removeEventListener("resize", place);
    };
  }, [anchor]);
  useEffect(() => {
    if (active >= 0) document.getElementById(`${id}-${active}`)?.scrollIntoView({ block: "nearest" });
  }, [id, active]);
  return (
    <div
      ref={list}
      id={id}
      popover="manual"
      role="listbox"
      aria-label={label}
      className="fixed inset-auto m-0 max-w-[calc(100vw-16px)] overflow-y-auto rounded-md border bg-panel p-1 text-text shadow-float"
    >
      {all.map((suggestion, index) => (
        <div
          key={suggestion.value}
          id={`${id}-${index}`}
          role="option"
          tabIndex={-1}
          aria-selected={index === active}
          // The input keeps the focus: leaving it would take what is typed for finished.
          onMouseDown={(event) => {
            event.preventDefault();
            pick(suggestion);
          }}
          className={cn(
            "flex min-h-7 cursor-default items-center gap-4 rounded-sm px-2 font-mono text-12 hover:bg-hover",
            index === active && "bg-accent-soft hover:bg-accent-soft",
          )}
        >
          <span className="min-w-0 flex-1 [overflow-wrap:anywhere]">{suggestion.label}</span>
          {suggestion.aside ? <span className="text-muted">{suggestion.aside}</span> : null}
        </div>
      ))}
    </div>
  );
}
