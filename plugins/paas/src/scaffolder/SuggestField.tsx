import { useState } from 'react';
import { TextField, Typography } from '@material-ui/core';
import Autocomplete from '@material-ui/lab/Autocomplete';
import { FieldExtensionComponentProps } from '@backstage/plugin-scaffolder-react';
import { Suggestion, Suggestions } from './useSuggestions';

/**
 * A text field that suggests. What is not among the suggestions can be typed all the same: they may be behind, or not
 * all be there, and whether it will do is checked where it is used.
 */
export function SuggestField(props: {
  field: FieldExtensionComponentProps<string>;
  suggestions: Suggestions;
  /** Below the field, in place of its description. */
  hint?: string;
}) {
  const { field, suggestions, hint } = props;
  const { formData, onChange, schema, required, rawErrors = [] } = field;
  const { options, loading, problem } = suggestions;
  const [isOpen, setOpen] = useState(false);
  const take = (text = '') => onChange(text === '' ? undefined : text);
  const help = [
    ...rawErrors,
    problem && `Nothing can be suggested: ${problem}`,
    hint ?? schema.description,
  ].filter(Boolean);
  return (
    <Autocomplete<Suggestion, false, false, true>
      id={field.idSchema?.$id}
      freeSolo
      open={isOpen && options.length > 0}
      onOpen={() => setOpen(true)}
      onClose={() => setOpen(false)}
      options={[...options]}
      loading={loading}
      inputValue={formData ?? ''}
      // The first call of all is a reset to nothing, which would take a default away.
      onInputChange={(_event, text, reason) => {
        if (reason !== 'reset') take(text);
      }}
      onChange={(_event, option) =>
        take(typeof option === 'string' ? option : option?.value)
      }
      getOptionLabel={option =>
        typeof option === 'string' ? option : option.value
      }
      renderOption={({ value, detail }) => (
        <span>
          {value}
          {detail && (
            <Typography
              component="span"
              variant="body2"
              color="textSecondary"
              display="block"
            >
              {detail}
            </Typography>
          )}
        </span>
      )}
      renderInput={parameters => (
        <TextField
          {...parameters}
          label={schema.title}
          required={required}
          error={rawErrors.length > 0}
          helperText={help.join(' ')}
          margin="dense"
          variant="outlined"
          FormHelperTextProps={{ margin: 'dense', style: { marginLeft: 0 } }}
        />
      )}
    />
  );
}
