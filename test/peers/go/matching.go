package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/dennwc/iters"
	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/proto"

	"github.com/livekit/protocol/livekit"
	"github.com/livekit/protocol/rpc"
	"github.com/livekit/protocol/sip"
)

type rule = livekit.SIPDispatchRuleInfo

type call struct {
	To       string  `json:"to"`
	From     string  `json:"from"`
	Trunk    string  `json:"trunk"`
	Pin      *string `json:"pin"`
	SourceIP string  `json:"sourceIp"`
	FromHost string  `json:"fromHost"`
}

// As livekit-sip asks: an empty PIN was asked for and not entered.
func (c *call) request() *rpc.EvaluateSIPDispatchRulesRequest {
	request := &rpc.EvaluateSIPDispatchRulesRequest{
		CallingNumber: c.From,
		CalledNumber:  c.To,
		CallingHost:   c.FromHost,
		SrcAddress:    c.SourceIP,
	}
	if c.Pin != nil {
		request.Pin = *c.Pin
		request.NoPin = *c.Pin == ""
	}
	return request
}

// As livekit-server stores what it gets over HTTP: fields that it doesn't know are dropped.
func readRules(texts []json.RawMessage) ([]*rule, error) {
	rules := make([]*rule, len(texts))
	for i, text := range texts {
		rules[i] = &rule{}
		if err := (protojson.UnmarshalOptions{DiscardUnknown: true}).Unmarshal(text, rules[i]); err != nil {
			return nil, fmt.Errorf("rule %d: %w", i, err)
		}
	}
	return rules, nil
}

// As livekit-server lists rules (pkg/service/redisstore.go and redisstore_sip.go, which are no library).
func list(rules []*rule, trunkIDs []string) []*rule {
	listed := (&livekit.ListSIPDispatchRuleRequest{TrunkIds: trunkIDs}).FilterSlice(slices.Clone(rules))
	slices.SortStableFunc(listed, func(a, b *rule) int { return strings.Compare(a.ID(), b.ID()) })
	return listed
}

// Who meets whom when rules are in conflict, as places in the case's list.
type conflict struct {
	Rule  int `json:"rule"`
	Other int `json:"other"`
}

func (c *conflict) option(rules []*rule) sip.MatchDispatchRuleOpt {
	c.Rule, c.Other = -1, -1
	return sip.WithDispatchRuleConflict(func(a, b *rule, _ sip.DispatchRuleConflictReason) {
		c.Rule, c.Other = slices.Index(rules, a), slices.Index(rules, b)
	})
}

type refusal struct {
	Error    string    `json:"error,omitempty"`
	Conflict *conflict `json:"conflict,omitempty"`
}

func refusalOf(err error, met conflict) *refusal {
	if err == nil {
		return nil
	}
	if met.Rule < 0 {
		return &refusal{Error: err.Error()}
	}
	return &refusal{Error: err.Error(), Conflict: &met}
}

type routeCase struct {
	Rules []json.RawMessage `json:"rules"`
	Calls []call            `json:"calls"`
}

type routeAnswer struct {
	Refused *refusal `json:"refused,omitempty"`
	// Winner is a place in the case's list of rules; -1: no rule matched.
	Winner     int    `json:"winner"`
	AsksForPin bool   `json:"asksForPin,omitempty"`
	Room       string `json:"room,omitempty"`
	Random     bool   `json:"random,omitempty"`
	Panic      string `json:"panic,omitempty"`
	// Unsent says that the answer can't be written for livekit-sip.
	Unsent bool `json:"unsent,omitempty"`
	// Alone says of each rule whether it takes the call when there is no other.
	Alone      []bool  `json:"alone,omitempty"`
	Priorities []int32 `json:"priorities,omitempty"`
}

func (c *routeCase) answer() (any, error) {
	rules, err := readRules(c.Rules)
	if err != nil {
		return nil, err
	}
	answers := make([]routeAnswer, len(c.Calls))
	for i := range c.Calls {
		answers[i] = route(rules, &c.Calls[i])
	}
	return answers, nil
}

func route(rules []*rule, c *call) routeAnswer {
	answer := routeAnswer{Winner: -1}
	var met conflict
	best, err := match(rules, c, met.option(rules))
	var none *sip.ErrNoDispatchMatched
	if err != nil && !errors.As(err, &none) {
		answer.Refused = refusalOf(err, met)
		return answer
	}
	for _, r := range rules {
		alone, err := match([]*rule{r}, c)
		answer.Alone = append(answer.Alone, err == nil && alone != nil)
		answer.Priorities = append(answer.Priorities, sip.DispatchRulePriority(r))
	}
	if best != nil {
		answer.Winner = slices.Index(rules, best)
		answer.evaluate(best, c)
	}
	return answer
}

// As livekit-server does (pkg/service/ioservice_sip.go, matchSIPDispatchRule).
func match(rules []*rule, c *call, opts ...sip.MatchDispatchRuleOpt) (*rule, error) {
	var trunk *livekit.SIPInboundTrunkInfo
	var trunkIDs []string
	if c.Trunk != "" {
		trunk = &livekit.SIPInboundTrunkInfo{SipTrunkId: c.Trunk}
		trunkIDs = []string{c.Trunk}
	}
	return sip.MatchDispatchRuleIter(trunk, iters.Slice(list(rules, trunkIDs)), c.request(), opts...)
}

// The room of a rule with a PIN is the one after the right PIN.
func (a *routeAnswer) evaluate(best *rule, c *call) {
	defer func() {
		if r := recover(); r != nil {
			a.Panic = fmt.Sprint(r)
		}
	}()
	request := c.request()
	response, err := sip.EvaluateDispatchRule("", nil, best, request)
	if err == nil && response.Result == rpc.SIPDispatchResult_REQUEST_PIN {
		a.AsksForPin = true
		_, request.Pin, _ = sip.GetPinAndRoom(best)
		response, err = sip.EvaluateDispatchRule("", nil, best, request)
	}
	if err != nil {
		a.Panic = err.Error()
		return
	}
	if _, err := proto.Marshal(response); err != nil {
		a.Unsent = true
		return
	}
	again, _ := sip.EvaluateDispatchRule("", nil, best, request)
	a.Room = response.RoomName
	if again.RoomName != response.RoomName {
		// "_" and twelve random characters.
		a.Random = true
		a.Room = response.RoomName[:len(response.RoomName)-13]
	}
}

// As CreateSIPDispatchRule of livekit-server checks a new rule (pkg/service/sip.go): the last of Rules.
type createCase struct {
	Rules        []json.RawMessage `json:"rules"`
	FlatTrunkIDs []string          `json:"flatTrunkIds"`
}

func (c *createCase) answer() (any, error) {
	rules, err := readRules(c.Rules)
	if err != nil {
		return nil, err
	}
	last := len(rules) - 1
	var met conflict
	it := iters.MultiIter(true, iters.Slice(list(rules[:last], c.FlatTrunkIDs)), iters.Slice(rules[last:]))
	_, err = sip.ValidateDispatchRulesIter(it, met.option(rules))
	return struct {
		Refused *refusal `json:"refused"`
	}{refusalOf(err, met)}, nil
}

// As UpdateSIPDispatchRule of livekit-server checks a replacement (pkg/service/sip.go): the last of Rules.
type replaceCase struct {
	Rules []json.RawMessage `json:"rules"`
}

func (c *replaceCase) answer() (any, error) {
	rules, err := readRules(c.Rules)
	if err != nil {
		return nil, err
	}
	last := len(rules) - 1
	replacement := rules[last]
	var met conflict
	it := iters.Slice(list(rules[:last], replacement.TrunkIds))
	_, err = sip.ValidateDispatchRulesIter(it, met.option(rules), sip.WithDispatchRuleReplace(func(r *rule) *rule {
		if r.SipDispatchRuleId == replacement.SipDispatchRuleId {
			return replacement
		}
		return r
	}))
	return struct {
		Refused *refusal `json:"refused"`
	}{refusalOf(err, met)}, nil
}

type trunkCase struct {
	Trunks []json.RawMessage `json:"trunks"`
	Call   call              `json:"call"`
}

// As livekit-server lists and matches trunks (pkg/service/ioservice_sip.go, matchSIPTrunk).
func (c *trunkCase) answer() (any, error) {
	trunks := make([]*livekit.SIPInboundTrunkInfo, len(c.Trunks))
	for i, text := range c.Trunks {
		trunks[i] = &livekit.SIPInboundTrunkInfo{}
		if err := (protojson.UnmarshalOptions{DiscardUnknown: true}).Unmarshal(text, trunks[i]); err != nil {
			return nil, err
		}
	}
	request := &livekit.ListSIPInboundTrunkRequest{Numbers: []string{c.Call.To}}
	listed := request.FilterSlice(slices.Clone(trunks))
	result, err := sip.MatchTrunkDetailed(iters.Slice(listed), c.Call.request().SIPCall())
	answer := struct {
		Error string `json:"error,omitempty"`
		Trunk string `json:"trunk,omitempty"`
		Kind  string `json:"kind,omitempty"`
	}{}
	if err != nil {
		answer.Error = err.Error()
		return answer, nil
	}
	answer.Trunk = result.Trunk.GetSipTrunkId()
	switch result.MatchType {
	case sip.TrunkMatchDefault:
		answer.Kind = "default"
	case sip.TrunkMatchSpecific:
		answer.Kind = "specific"
	default:
		answer.Kind = "none"
	}
	return answer, nil
}

// Matches the calls against the rules, again and again for at least Seconds; the rules are listed beforehand.
type benchCase struct {
	routeCase
	Seconds float64 `json:"seconds"`
}

func (c *benchCase) answer() (any, error) {
	rules, err := readRules(c.Rules)
	if err != nil {
		return nil, err
	}
	listed := map[string][]*rule{"": list(rules, nil)}
	for _, call := range c.Calls {
		if listed[call.Trunk] == nil {
			listed[call.Trunk] = list(rules, []string{call.Trunk})
		}
	}
	matched, taken := 0, 0
	start := time.Now()
	for time.Since(start).Seconds() < c.Seconds {
		for i := range c.Calls {
			call := &c.Calls[i]
			var trunk *livekit.SIPInboundTrunkInfo
			if call.Trunk != "" {
				trunk = &livekit.SIPInboundTrunkInfo{SipTrunkId: call.Trunk}
			}
			request := call.request()
			if best, _ := sip.MatchDispatchRuleIter(trunk, iters.Slice(listed[call.Trunk]), request); best != nil {
				taken++
				_, _ = sip.EvaluateDispatchRule("", trunk, best, request)
			}
			matched++
		}
	}
	return map[string]any{"matched": matched, "taken": taken, "seconds": time.Since(start).Seconds()}, nil
}
