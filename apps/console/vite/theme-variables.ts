import {
  convertCssVariables,
  type ConvertCSSVariablesInput,
  DEFAULT_THEME,
  defaultCssVariablesResolver,
  mergeMantineTheme,
} from '@mantine/core';
import type { Plugin } from 'vite';
import { ownVariables, theme } from '../src/app/theme.js';

const id = 'virtual:theme-variables.css';

type Group = keyof ConvertCSSVariablesInput;

/** What `theme` adds to the variables of Mantine's own style sheet. */
function themeCss(): string {
  const merged = mergeMantineTheme(DEFAULT_THEME, theme);
  const [made, standard] = [defaultCssVariablesResolver(merged), defaultCssVariablesResolver(DEFAULT_THEME)];
  const own = ownVariables();
  const changed = (group: Group): Record<string, string> => ({
    ...Object.fromEntries(
      Object.entries(made[group]).filter(([name, value]) => Reflect.get(standard[group], name) !== value),
    ),
    ...own[group],
  });
  return convertCssVariables({ variables: changed('variables'), light: changed('light'), dark: changed('dark') });
}

/** The theme as a style sheet made at build time: the page's policy forbids the `<style>` that Mantine would add. */
export const themeVariables = (): Plugin => ({
  name: 'desk:theme-variables',
  resolveId: (source) => (source === id ? `\0${id}` : undefined),
  load: (source) => (source === `\0${id}` ? themeCss() : undefined),
});
