"use client";

import type { Field } from "@/lib/alertmanager";
import { BoolInput, ChoiceInput } from "./choice-input";
import type { ControlProps } from "./control";
import { useFields } from "./environment";
import { ListInput } from "./list-input";
import { MapInput } from "./map-input";
import { MatchersInput } from "./matchers-input";
import { SecretInput } from "./secret-input";
import { StructForm } from "./struct-form";
import { JsonInput, TextInput } from "./text-input";
import { TokensInput } from "./tokens-input";

function isNameList(field: Field): boolean {
  const { type } = field;
  if (type.kind !== "list") return false;
  const { kind } = type.item;
  return kind === "labelName" || kind === "timeIntervalName" || (kind === "string" && !field.templated);
}

/** One control per type of value; the only place that knows which. */
export function ValueInput(props: ControlProps & { keepEmpty?: boolean }) {
  const { receiverNames, timeIntervalNames } = useFields();
  const { type, field } = props;
  switch (type.kind) {
    case "bool":
      return <BoolInput {...props} />;
    case "enum":
      return <ChoiceInput {...props} options={type.values} />;
    case "receiverName":
      return <ChoiceInput {...props} options={receiverNames} />;
    case "secret":
    case "secretUrl":
    case "secretTemplateUrl":
      return <SecretInput {...props} />;
    case "any":
      return <JsonInput {...props} />;
    case "map":
      return <MapInput {...props} item={type.value} />;
    case "struct":
      return <StructForm struct={type.struct} path={props.path} value={props.value} dense />;
    case "list":
      if (type.item.kind === "matcher") return <MatchersInput {...props} />;
      if (isNameList(field)) {
        const suggestions = type.item.kind === "timeIntervalName" ? timeIntervalNames : undefined;
        return <TokensInput {...props} suggestions={suggestions} />;
      }
      return <ListInput {...props} item={type.item} />;
    default:
      return <TextInput {...props} />;
  }
}
