"use client";

import { Menu, Search } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";
import type { Me } from "@/lib/tenancy/contract";
import { Button } from "../ui/button";
import { Kbd } from "../ui/kbd";
import { late, useLate, wantEarly } from "../ui/late";

const drawer = late(async () => (await import("./nav-drawer")).NavDrawer);
const palette = late(async () => (await import("./palette")).Palette);

/** Below 900 px, where the navigation does not stand beside the page. */
export function OpenNav({ me }: { me: Me }) {
  const t = useTranslations("tenant");
  const [open, setOpen] = useState(false);
  const trigger = useRef<HTMLButtonElement>(null);
  const NavDrawer = useLate(drawer);
  return (
    <>
      <Button
        ref={trigger}
        variant="quiet"
        size="icon"
        className="-ml-2 md:hidden"
        aria-label={t("nav.open")}
        aria-haspopup="dialog"
        aria-expanded={open && NavDrawer !== null}
        {...wantEarly(drawer)}
        onClick={() => {
          drawer.want();
          setOpen(true);
        }}
      >
        <Menu aria-hidden />
      </Button>
      {NavDrawer ? <NavDrawer me={me} open={open} onOpenChange={setOpen} trigger={trigger} /> : null}
    </>
  );
}

/** ⌘K and Ctrl+K do the same, from anywhere. */
export function OpenPalette({ me }: { me: Me }) {
  const t = useTranslations("tenant");
  const [open, setOpen] = useState(false);
  const trigger = useRef<HTMLButtonElement>(null);
  const Palette = useLate(palette);

  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== "k" || !(event.metaKey || event.ctrlKey) || event.shiftKey || event.altKey)
        return;
      event.preventDefault();
      palette.want();
      setOpen((before) => !before);
    };
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, []);

  return (
    <>
      <Button
        ref={trigger}
        variant="quiet"
        className="max-md:w-9 max-md:px-0"
        aria-keyshortcuts="Meta+K Control+K"
        {...wantEarly(palette)}
        onClick={() => {
          palette.want();
          setOpen(true);
        }}
      >
        <Search aria-hidden />
        <span className="max-md:sr-only">{t("search")}</span>
        <Kbd className="max-md:hidden" aria-hidden>
          ⌘K
        </Kbd>
      </Button>
      {Palette ? <Palette me={me} open={open} onOpenChange={setOpen} trigger={trigger} /> : null}
    </>
  );
}
