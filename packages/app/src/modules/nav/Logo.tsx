import { makeStyles } from '@material-ui/core/styles';

const useStyles = makeStyles({
  full: { display: 'flex', alignItems: 'center', gap: 12 },
  mark: { width: 28, height: 28, flex: 'none' },
  word: {
    color: '#fff',
    font: '600 19px/1 system-ui, sans-serif',
    letterSpacing: '-0.01em',
  },
});

/** A stage and what holds it up. */
export const LogoMark = () => (
  <svg
    className={useStyles().mark}
    viewBox="0 0 28 28"
    fill="none"
    strokeWidth="3"
    strokeLinecap="round"
    aria-hidden="true"
  >
    <path d="M3 8h22" stroke="#fff" />
    <path d="M8 14v9M14 14v9M20 14v9" stroke="#a9a4ff" />
  </svg>
);

export const LogoFull = () => {
  const classes = useStyles();
  return (
    <span className={classes.full}>
      <LogoMark />
      <span className={classes.word}>Understage</span>
    </span>
  );
};
