import {
  Link,
  sidebarConfig,
  useSidebarOpenState,
} from '@backstage/core-components';
import { makeStyles } from '@material-ui/core/styles';
import { LogoFull, LogoMark } from './Logo';

const useStyles = makeStyles({
  root: {
    height: 2.5 * sidebarConfig.logoHeight,
    display: 'flex',
    alignItems: 'center',
    flex: 'none',
  },
  link: {
    marginLeft: (sidebarConfig.drawerWidthClosed - 28) / 2,
    '&:focus-visible': { outline: '2px solid #a9a4ff', outlineOffset: 4 },
  },
});

export const SidebarLogo = () => {
  const classes = useStyles();
  const { isOpen } = useSidebarOpenState();
  return (
    <div className={classes.root}>
      <Link
        to="/"
        underline="none"
        className={classes.link}
        aria-label="Understage, Applications"
      >
        {isOpen ? <LogoFull /> : <LogoMark />}
      </Link>
    </div>
  );
};
