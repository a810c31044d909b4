// Answers what LiveKit's own code answers: for each case, a line of JSON on standard input, a line on standard
// output. Built with each of three versions of LiveKit's protocol: go.mod's, v1.50.mod's and v1.43.mod's.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
)

// A test case: exactly one field is set.
type testCase struct {
	Schema    *string      `json:"schema"`
	Normalize []string     `json:"normalize"`
	Request   *string      `json:"request"`
	Info      *string      `json:"info"`
	Route     *routeCase   `json:"route"`
	Create    *createCase  `json:"create"`
	Replace   *replaceCase `json:"replace"`
	Trunk     *trunkCase   `json:"trunk"`
	Bench     *benchCase   `json:"bench"`
}

func main() {
	in := bufio.NewReaderSize(os.Stdin, 1<<20)
	out := bufio.NewWriterSize(os.Stdout, 1<<20)
	encoder := json.NewEncoder(out)
	encoder.SetEscapeHTML(false)
	for {
		line, err := in.ReadBytes('\n')
		if err != nil {
			return
		}
		if err := encoder.Encode(answer(line)); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		if in.Buffered() == 0 {
			if err := out.Flush(); err != nil {
				return
			}
		}
	}
}

// A case that can't be read is a defect of the test, not an answer: `broken` says so.
func answer(line []byte) any {
	var c testCase
	if err := json.Unmarshal(line, &c); err != nil {
		return map[string]string{"broken": err.Error()}
	}
	switch {
	case c.Schema != nil:
		return orBroken(schema(*c.Schema))
	case c.Normalize != nil:
		return normalize(c.Normalize)
	case c.Request != nil:
		return readRequest(*c.Request)
	case c.Info != nil:
		return readInfo(*c.Info)
	case c.Route != nil:
		return orBroken(c.Route.answer())
	case c.Create != nil:
		return orBroken(c.Create.answer())
	case c.Replace != nil:
		return orBroken(c.Replace.answer())
	case c.Trunk != nil:
		return orBroken(c.Trunk.answer())
	case c.Bench != nil:
		return orBroken(c.Bench.answer())
	}
	return map[string]string{"broken": "empty case"}
}

func orBroken(answer any, err error) any {
	if err != nil {
		return map[string]string{"broken": err.Error()}
	}
	return answer
}
