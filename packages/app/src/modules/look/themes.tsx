import { ReactNode } from 'react';
import { ThemeBlueprint } from '@backstage/plugin-app-react';
import {
  createUnifiedTheme,
  genPageTheme,
  pageTheme as backstagePageThemes,
  palettes,
  UnifiedThemeProvider,
} from '@backstage/theme';
import DarkIcon from '@material-ui/icons/Brightness2';
import LightIcon from '@material-ui/icons/WbSunny';
import './tokens.css';

const navigation = {
  background: '#1b1a3a',
  indicator: '#a9a4ff',
  color: '#c3c2d9',
  selectedColor: '#ffffff',
  navItem: { hoverBackground: '#2b2a55' },
  submenu: { background: '#2b2a55' },
};

// Pages that still have a coloured header get ours, instead of one colour and pattern for each kind of page.
const header = genPageTheme({ colors: ['#2b2a55', '#1b1a3a'], shape: 'none' });
const pageTheme = Object.fromEntries(
  Object.keys(backstagePageThemes).map(name => [name, header]),
);

const fontFamily =
  'system-ui, "Segoe UI", Roboto, "Helvetica Neue", sans-serif';

const light = createUnifiedTheme({
  fontFamily,
  pageTheme,
  palette: {
    ...palettes.light,
    primary: { main: '#4338a8' },
    secondary: { main: '#0f6b75' },
    link: '#4338a8',
    linkHover: '#2f2780',
    background: { default: '#f6f6f9', paper: '#ffffff' },
    navigation,
  },
});

const dark = createUnifiedTheme({
  fontFamily,
  pageTheme,
  palette: {
    ...palettes.dark,
    primary: { main: '#b9b5ff' },
    secondary: { main: '#8fd3dc' },
    link: '#b9b5ff',
    linkHover: '#d3d0ff',
    background: { default: '#17181d', paper: '#1f2127' },
    navigation: { ...navigation, background: '#121124' },
  },
});

// Both keep the ids of the themes that they replace, so a choice made before stays.
export const lightTheme = ThemeBlueprint.make({
  name: 'light',
  params: {
    theme: {
      id: 'light',
      title: 'Light',
      variant: 'light',
      icon: <LightIcon />,
      Provider: ({ children }: { children: ReactNode }) => (
        <UnifiedThemeProvider theme={light}>{children}</UnifiedThemeProvider>
      ),
    },
  },
});

export const darkTheme = ThemeBlueprint.make({
  name: 'dark',
  params: {
    theme: {
      id: 'dark',
      title: 'Dark',
      variant: 'dark',
      icon: <DarkIcon />,
      Provider: ({ children }: { children: ReactNode }) => (
        <UnifiedThemeProvider theme={dark}>{children}</UnifiedThemeProvider>
      ),
    },
  },
});
