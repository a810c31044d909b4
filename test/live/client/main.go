// Asks a running livekit-server what becomes of calls, as livekit-sip does: over the Redis that the server uses. For
// each call, a line of JSON on standard input, an answer, a line on standard output, in the same order.
package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"time"

	"github.com/livekit/protocol/livekit"
	"github.com/livekit/protocol/rpc"
	"github.com/livekit/psrpc"
	"github.com/redis/go-redis/v9"
)

type call struct {
	To       string  `json:"to"`
	From     string  `json:"from"`
	FromHost string  `json:"fromHost"`
	SourceIP string  `json:"sourceIp"`
	Pin      *string `json:"pin"`
}

type answer struct {
	// Error is the server's; Silent says that it gave no answer.
	Error  string `json:"error,omitempty"`
	Silent bool   `json:"silent,omitempty"`
	Result string `json:"result,omitempty"`
	Trunk  string `json:"trunk,omitempty"`
	Rule   string `json:"rule,omitempty"`
	Room   string `json:"room,omitempty"`
}

func main() {
	client, err := rpc.NewIOInfoClient(psrpc.NewRedisMessageBus(redis.NewClient(&redis.Options{Addr: os.Args[1]})))
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	in := bufio.NewScanner(os.Stdin)
	in.Buffer(nil, 1<<20)
	out := json.NewEncoder(os.Stdout)
	for in.Scan() {
		var c call
		if err := json.Unmarshal(in.Bytes(), &c); err != nil {
			_ = out.Encode(map[string]string{"broken": err.Error()})
			continue
		}
		if err := out.Encode(c.ask(client)); err != nil {
			return
		}
	}
}

func (c *call) ask(client rpc.IOInfoClient) answer {
	request := &rpc.EvaluateSIPDispatchRulesRequest{
		CallingNumber: c.From,
		CalledNumber:  c.To,
		Call: &rpc.SIPCall{
			SourceIp: c.SourceIP,
			From:     &livekit.SIPUri{User: c.From, Host: c.FromHost},
			To:       &livekit.SIPUri{User: c.To},
		},
	}
	// As livekit-sip asks: an empty PIN was asked for and not entered.
	if c.Pin != nil {
		request.Pin, request.NoPin = *c.Pin, *c.Pin == ""
	}
	var response *rpc.EvaluateSIPDispatchRulesResponse
	var err error
	// A server that has just started doesn't hear the first request, and a busy one may be late.
	for range 5 {
		response, err = client.EvaluateSIPDispatchRules(context.Background(), request, psrpc.WithRequestTimeout(2*time.Second))
		if !errors.Is(err, psrpc.ErrNoResponse) {
			break
		}
	}
	if errors.Is(err, psrpc.ErrNoResponse) || errors.Is(err, psrpc.ErrRequestTimedOut) {
		return answer{Silent: true}
	}
	if err != nil {
		return answer{Error: err.Error()}
	}
	return answer{
		Result: response.Result.String(),
		Trunk:  response.SipTrunkId,
		Rule:   response.SipDispatchRuleId,
		Room:   response.RoomName,
	}
}
