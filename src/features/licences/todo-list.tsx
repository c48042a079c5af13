import { View } from '@tarojs/components';
import { AnchorLink } from '../../platform/anchor-link';
import { Section } from './section';
import type { LicenceWords } from './licence-words';
import type { Todo } from './todos';

type Props = { readonly todos: readonly Todo[]; readonly words: LicenceWords };

function toneOf(inDays: number | null): string {
  if (inDays === null || inDays > 30) return 'plain';
  return inDays === 0 ? 'stop' : 'warn';
}

/** What needs doing, most urgent first. */
export function TodoList({ todos, words }: Props) {
  return (
    <Section title={words.todo}>
      {todos.length === 0 ? <View className="small">{words.allGood}</View> : null}
      {todos.map((todo) => (
        <View className="row todo" key={todo.id} id={`todo-${todo.id}`}>
          {todo.inDays === null ? null : (
            <View className={`pill pill-${toneOf(todo.inDays)}`}>
              {todo.inDays === 0 ? words.today : words.days(todo.inDays)}
            </View>
          )}
          <View className="row-text">
            <View className="row-title">{todo.title}</View>
            <View className="row-note">{todo.note}</View>
          </View>
          {todo.action ? (
            <AnchorLink className="link" href={todo.action.href}>
              {todo.action.label}
            </AnchorLink>
          ) : null}
        </View>
      ))}
    </Section>
  );
}
