module sip-dispatch/test/peers

go 1.25.0

require github.com/livekit/protocol v1.50.4
