"use client";

import {
  type ComponentProps,
  type ComponentType,
  type ReactNode,
  type RefObject,
  useId,
  useRef,
  useState,
} from "react";
import { type Late, useLate, wantEarly } from "./late";

export type OpenMenuProps = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  trigger: RefObject<HTMLButtonElement | null>;
  /** Id of the button, whose words name the menu. */
  labelledBy: string;
};

export type LateMenuProps<Props> = Omit<ComponentProps<"button">, "ref"> & {
  menu: Late<ComponentType<Props & OpenMenuProps>>;
  menuProps: Props;
  children: ReactNode;
};

/** A menu's button that is there at once; the menu itself, which is far larger, comes when somebody is about to open it. */
export function LateMenu<Props extends object>({ menu, menuProps, children, ...props }: LateMenuProps<Props>) {
  const [open, setOpen] = useState(false);
  const id = useId();
  const trigger = useRef<HTMLButtonElement>(null);
  const Menu = useLate(menu);
  const change = (next: boolean) => {
    if (next) menu.want();
    setOpen(next);
  };
  return (
    <span className="relative block">
      <button
        type="button"
        id={id}
        ref={trigger}
        aria-haspopup="menu"
        aria-expanded={open && Menu !== null}
        data-state={open ? "open" : "closed"}
        {...wantEarly(menu)}
        onPointerDown={(event) => {
          if (event.button !== 0 || event.ctrlKey) return;
          // Else the button would take the focus back from the menu.
          if (!open) event.preventDefault();
          change(!open);
        }}
        onKeyDown={(event) => {
          if (!["Enter", " ", "ArrowDown"].includes(event.key)) return;
          event.preventDefault();
          change(event.key === "ArrowDown" || !open);
        }}
        {...props}
      >
        {children}
      </button>
      {Menu ? <Menu {...menuProps} open={open} onOpenChange={setOpen} trigger={trigger} labelledBy={id} /> : null}
    </span>
  );
}
