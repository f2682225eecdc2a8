import { cn } from "../ui/cn";

const focusable = { tabIndex: 0 };

/** YAML to read: numbered lines, each selectable without its number. */
export function YamlView({ yaml, label, className }: { yaml: string; label: string; className?: string }) {
  const lines = yaml.replace(/\n$/, "").split("\n");
  const numbered = lines.map((text, index) => ({ number: index + 1, text }));
  return (
    <section
      aria-label={label}
      className={cn("max-h-[70dvh] overflow-auto bg-sunken focus-visible:-outline-offset-2", className)}
      {...focusable}
    >
      <pre className="w-max min-w-full py-2 font-mono">
        {numbered.map(({ number, text }) => (
          <span key={number} className="flex hover:bg-hover">
            <span aria-hidden className="w-12 shrink-0 pr-3 text-right text-muted select-none">
              {number}
            </span>
            <span className="pr-4 whitespace-pre">{text || " "}</span>
          </span>
        ))}
      </pre>
    </section>
  );
}
