import { useCallback, useEffect, useState, type ReactNode } from 'react';
import { View } from '@tarojs/components';

const SHOWN_MS = 2400;

/** A word at the foot of the page that goes by itself; read out when it comes. */
export function useToast(): readonly [ReactNode, (text: string) => void] {
  const [text, setText] = useState('');
  useEffect(() => {
    if (text === '') return undefined;
    const timer = setTimeout(() => setText(''), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [text]);
  const toast = (
    <View className={`toast ${text ? 'toast-shown' : ''}`} role="status">
      {text}
    </View>
  );
  return [toast, useCallback((next: string) => setText(next), [])];
}
