{{/* A key as it may be shown: what lies behind a name could be a secret. */}}
{{- define "exporter.shownKey" -}}
{{- $name := regexFind "^([a-z_-]{1,30}|[A-Za-z0-9_-]{1,12}|[A-Za-z][a-z]+([A-Z][a-z]+){1,4})([:=：]|$)" . }}
{{- if and $name (le (len $name) 48) }}{{ regexReplaceAll "[:=：]$" $name "" }}{{ else }}(a key that is no name){{ end }}
{{- end }}

{{/* Takes a word and those to choose from: `, did you mean "name"?`, or nothing. As in the exporter, upper case, "_" and "-" do
not count, and otherwise a third of the letters may be wrong. */}}
{{- define "exporter.didYouMean" -}}
{{- $word := index . 0 }}
{{- $least := max 1 (div (len $word) 3) | add 1 }}
{{- $meant := "" }}
{{- range $name := index . 1 | sortAlpha }}
{{- $gap := sub (len $name) (len $word) }}
{{- if eq (regexReplaceAll "[-_ ]" (lower $word) "") (regexReplaceAll "[-_ ]" (lower $name) "") }}
{{- $least = 0 }}
{{- $meant = $name }}
{{- else if and (lt $gap $least) (lt (sub 0 $gap) $least) }}
{{- $distance := include "exporter.distance" (list $word $name) | int64 }}
{{- if lt $distance $least }}
{{- $least = $distance }}
{{- $meant = $name }}
{{- end }}
{{- end }}
{{- end }}
{{- if and $word $meant }}, did you mean {{ quote $meant }}?{{ end }}
{{- end }}

{{/* Takes two words: how many letters have to be inserted, left out, changed or swapped to make one of the other. */}}
{{- define "exporter.distance" -}}
{{- $first := splitList "" (index . 0) }}
{{- $second := splitList "" (index . 1) }}
{{- $before := list }}
{{- $last := until (len $second | add1 | int) }}
{{- range $i, $letter := $first }}
{{- $row := list (add1 $i) }}
{{- range $j, $other := $second }}
{{- $least := min (add1 (index $last (add1 $j))) (add1 (index $row $j)) (add (index $last $j) (ne $letter $other | ternary 1 0)) }}
{{- if and $i $j }}
{{- if and (eq $letter (index $second (sub $j 1))) (eq $other (index $first (sub $i 1))) }}
{{- $least = min $least (add1 (index $before (sub $j 1))) }}
{{- end }}
{{- end }}
{{- $row = append $row $least }}
{{- end }}
{{- $before = $last }}
{{- $last = $row }}
{{- end }}
{{- last $last }}
{{- end }}
