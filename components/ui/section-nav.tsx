"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import { cn } from "./cn";

export type Section = { href: string; text: string };

/** Pages that stand beside each other below one heading. A page below a section belongs to it. */
export function SectionNav({ label, sections }: { label: string; sections: readonly Section[] }) {
  const pathname = usePathname();
  const current = sections
    .filter(({ href }) => pathname === href || pathname.startsWith(`${href}/`))
    .reduce((longest, { href }) => (href.length > longest.length ? href : longest), "");
  return (
    <nav aria-label={label} className="border-b">
      <ul className="-mb-px flex flex-wrap gap-x-4">
        {sections.map(({ href, text }) => (
          <li key={href}>
            <Link
              href={href}
              aria-current={href === current ? "page" : undefined}
              className={cn(
                "inline-flex h-9 items-center border-b-2 border-transparent whitespace-nowrap text-soft hover:text-text focus-visible:-outline-offset-2",
                href === current && "border-accent font-medium text-text",
              )}
            >
              {text}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
