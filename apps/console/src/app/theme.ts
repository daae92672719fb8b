import { createTheme, type MantineColorsTuple, type ConvertCSSVariablesInput } from '@mantine/core';

const desk: MantineColorsTuple = [
  '#eef4ff',
  '#dce8fd',
  '#b5cdf9',
  '#8bb0f4',
  '#74a3f5',
  '#4d86ed',
  '#3f7dec',
  '#2f6bd2',
  '#265fbd',
  '#1a4c99',
];

const dark: MantineColorsTuple = [
  '#d7dbe2',
  '#b6bdc9',
  '#98a2b1',
  '#7a8494',
  '#454d5b',
  '#343b47',
  '#272d37',
  '#1b2028',
  '#15191f',
  '#0f1216',
];

const sansSerif = "'Inter Variable', system-ui, -apple-system, 'Segoe UI', sans-serif";
/** The page itself never scrolls, so layers need not lock it; the lock would add a `<style>`. */
const layer = { defaultProps: { lockScroll: false, transitionProps: { duration: 0 } } };
const quick = { defaultProps: { transitionProps: { duration: 0 } } };

/** Calm, dense, readable. Every pair of colours here reaches the contrast of WCAG 2.2 AA in both schemes. */
export const theme = createTheme({
  primaryColor: 'desk',
  primaryShade: { light: 8, dark: 7 },
  colors: { desk, dark },
  autoContrast: true,
  black: '#1c2128',
  fontFamily: sansSerif,
  fontFamilyMonospace: "ui-monospace, 'Cascadia Mono', 'DejaVu Sans Mono', monospace",
  headings: { fontFamily: sansSerif, fontWeight: '650' },
  fontSizes: { xs: '0.75rem', sm: '0.8125rem', md: '0.875rem', lg: '1rem', xl: '1.25rem' },
  defaultRadius: 'md',
  radius: { xs: '3px', sm: '5px', md: '7px', lg: '10px', xl: '16px' },
  respectReducedMotion: true,
  components: {
    ActionIcon: { defaultProps: { variant: 'subtle', color: 'gray' } },
    Button: { defaultProps: { size: 'sm' } },
    Drawer: layer,
    Menu: quick,
    Modal: layer,
    Popover: quick,
    Select: { defaultProps: { selectFirstOptionOnChange: true, comboboxProps: { transitionProps: { duration: 0 } } } },
    Tooltip: { defaultProps: { openDelay: 400, transitionProps: { duration: 0 } } },
  },
});

const shared = {
  '--desk-nav-width': '256px',
  '--desk-bar-height': '48px',
};

/** What the theme has no place for: darker greys where the kit's own are too pale to read, and the desk's surfaces. */
export const ownVariables = (): ConvertCSSVariablesInput => ({
  variables: shared,
  light: {
    '--mantine-color-dimmed': '#5a626b',
    '--mantine-color-placeholder': '#69717a',
    '--mantine-color-error': '#c22a2a',
    '--mantine-color-default-border': '#d3d8de',
    '--mantine-color-gray-subtle-color': '#454d57',
    '--mantine-color-gray-light-color': '#454d57',
    '--desk-surface': '#ffffff',
    '--desk-side': '#f5f7f9',
    '--desk-line': '#e4e8ec',
    '--desk-hover': '#f1f4f8',
    '--desk-current': '#e6effd',
    '--desk-waiting': '#9a4a00',
    '--desk-waiting-back': '#fff1dc',
    '--desk-open': '#1a4c99',
    '--desk-open-back': '#e6effd',
    '--desk-pending': '#5b3fa6',
    '--desk-pending-back': '#f0ebfd',
    '--desk-closed': '#3f5a4b',
    '--desk-closed-back': '#e8f1ec',
    '--desk-danger': '#b42323',
    '--desk-danger-back': '#fdecec',
  },
  dark: {
    '--mantine-color-dimmed': '#a0a9b7',
    '--mantine-color-placeholder': '#8f99a8',
    '--mantine-color-error': '#ff8f8f',
    '--mantine-color-default-border': '#3a424f',
    '--mantine-color-gray-subtle-color': '#c3cad4',
    '--mantine-color-gray-light-color': '#c3cad4',
    '--desk-surface': '#1b2028',
    '--desk-side': '#15191f',
    '--desk-line': '#2c333e',
    '--desk-hover': '#232933',
    '--desk-current': '#22365a',
    '--desk-waiting': '#ffc078',
    '--desk-waiting-back': '#40301a',
    '--desk-open': '#a5c6ff',
    '--desk-open-back': '#1f3458',
    '--desk-pending': '#cdbcff',
    '--desk-pending-back': '#332a52',
    '--desk-closed': '#a9d3bb',
    '--desk-closed-back': '#1f3529',
    '--desk-danger': '#ff9d9d',
    '--desk-danger-back': '#4a2226',
  },
});
