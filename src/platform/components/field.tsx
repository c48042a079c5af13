import type { FormEvent, InputHTMLAttributes, TextareaHTMLAttributes } from 'react';

/** Taro's spelling: the value is in the event's `detail`, the limit is one word. */
type ValueEvent = { detail: { value: string } };
type TaroField = { onInput?: (event: ValueEvent) => void; maxlength?: number };
type InputProps = Omit<InputHTMLAttributes<HTMLInputElement>, 'onInput'> & TaroField;
type TextareaProps = Omit<TextareaHTMLAttributes<HTMLTextAreaElement>, 'onInput'> & TaroField;

function toValueEvent(onInput: TaroField['onInput']) {
  return (event: FormEvent<HTMLInputElement | HTMLTextAreaElement>) =>
    onInput?.({ detail: { value: event.currentTarget.value } });
}

/** `Input` on H5: a real `<input>`. */
export function Input({ onInput, maxlength, ...rest }: InputProps) {
  return <input {...rest} maxLength={maxlength} onChange={toValueEvent(onInput)} />;
}

/** `Textarea` on H5: a real `<textarea>`. */
export function Textarea({ onInput, maxlength, ...rest }: TextareaProps) {
  return <textarea {...rest} maxLength={maxlength} onChange={toValueEvent(onInput)} />;
}
