import { useTranslations } from "next-intl";
import { Kbd } from "../ui/kbd";

const KEYS = [
  { keys: ["⌥", "↑", "↓", "←", "→"], text: "keyMove" },
  { keys: ["n"], text: "keyChild" },
  { keys: ["b"], text: "keyBefore" },
  { keys: ["a"], text: "keyAfter" },
  { keys: ["d"], text: "keyDuplicate" },
  { keys: ["x"], text: "keyMark" },
  { keys: ["Del"], text: "keyDelete" },
] as const;

export function KeyLegend({ readOnly }: { readOnly: boolean }) {
  const t = useTranslations("routes");
  const known = [{ keys: ["↑", "↓"], text: "keySelect" } as const, ...(readOnly ? [] : KEYS)];
  return (
    <div className="flex flex-wrap gap-x-4 gap-y-1 border-t px-4 py-2 text-12 text-muted max-md:hidden">
      {known.map(({ keys, text }) => (
        <span key={text}>
          {keys.map((key) => (
            <Kbd key={key}>{key}</Kbd>
          ))}{" "}
          {t(text)}
        </span>
      ))}
      <span className="ml-auto">
        <span className="font-medium text-text">• {t("own")}</span> {t("inherited")}
      </span>
    </div>
  );
}
