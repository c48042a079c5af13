// A bare barrel: Taro's build empties any other import in the module that `@tarojs/components` is aliased to.
export { View, Text } from './box';
export { Button } from './button';
export { Input, Textarea } from './field';
