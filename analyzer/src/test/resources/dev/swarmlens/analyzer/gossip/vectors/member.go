// One member of a cluster that gossips as Docker's nodes do: HashiCorp's memberlist with Docker's settings, encrypted, and
// NetworkDB's messages inside. Three of them make the captures in this folder; see record.
package main

import (
	"encoding/hex"
	"flag"
	"fmt"
	"net"
	"os"
	"strings"
	"time"

	"github.com/golang/protobuf/proto"
	"github.com/hashicorp/memberlist"

	"vectors/networkdb"
)

const (
	networkEvent = 1
	tableEvent   = 2
	pushPull     = 3
	bulkSync     = 4
	compound     = 5
	nodeEvent    = 6
)

func check(err error) {
	if err != nil {
		panic(err)
	}
}

func gossip(kind int32, message proto.Message) []byte {
	data, err := proto.Marshal(message)
	check(err)
	bytes, err := proto.Marshal(&networkdb.GossipMessage{Type: kind, Data: data})
	check(err)
	return bytes
}

func together(messages [][]byte) []byte {
	all := &networkdb.CompoundMessage{}
	for _, message := range messages {
		all.Messages = append(all.Messages, &networkdb.CompoundMessage_SimpleMessage{Payload: message})
	}
	return gossip(compound, all)
}

type broadcast []byte

func (b broadcast) Invalidates(memberlist.Broadcast) bool { return false }
func (b broadcast) Message() []byte                       { return b }
func (b broadcast) Finished()                             {}

type delegate struct {
	name  string
	list  *memberlist.Memberlist
	queue *memberlist.TransmitLimitedQueue
}

func (d *delegate) NodeMeta(limit int) []byte { return nil }
func (d *delegate) NotifyMsg(message []byte)  {}
func (d *delegate) GetBroadcasts(overhead, limit int) [][]byte {
	return d.queue.GetBroadcasts(overhead, limit)
}
func (d *delegate) MergeRemoteState(state []byte, join bool) {}
func (d *delegate) LocalState(join bool) []byte {
	return gossip(pushPull, &networkdb.NetworkPushPull{
		LTime:    7,
		NodeName: d.name,
		Networks: []*networkdb.NetworkEntry{{NetworkId: network, LTime: 3, NodeName: d.name}},
	})
}

const network = "u3vgq8v2s4mn1ij0pcz5dkwxe"

func event(kind int32, d *delegate, table, key string, value proto.Message) []byte {
	bytes, err := proto.Marshal(value)
	check(err)
	return gossip(tableEvent, &networkdb.TableEvent{
		Type: kind, LTime: 11, NodeName: d.name, NetworkId: network, TableName: table, Key: key, Value: bytes,
	})
}

func endpoint(d *delegate, kind int32, key, name, ip string, replica int) []byte {
	return event(kind, d, "endpoint_table", key, &networkdb.EndpointRecord{
		Name:        name,
		ServiceName: "web",
		ServiceId:   "k5q1z7s9hd3fj2lx8wv4bnm6c",
		VirtualIp:   "10.0.1.2",
		EndpointIp:  ip,
		IngressPorts: []*networkdb.PortConfig{
			{Protocol: 0, TargetPort: 80, PublishedPort: 8080},
			{Name: "talk", Protocol: 1, TargetPort: 5005, PublishedPort: 5005},
		},
		Aliases:     []string{"www"},
		TaskAliases: []string{fmt.Sprintf("%012x", 0xc0ffee00+replica)},
	})
}

func peer(d *delegate, kind int32, key, ip, mac, vtep string) []byte {
	return event(kind, d, "overlay_peer_table", key, &networkdb.PeerRecord{
		EndpointIp: ip + "/24", EndpointMac: mac, TunnelEndpointIp: vtep,
	})
}

func main() {
	name := flag.String("name", "", "the member's name, 12 hexadecimal digits")
	bind := flag.String("bind", "", "its address")
	join := flag.String("join", "", "a member to join")
	keys := flag.String("keys", "", "keys, the first of which encrypts")
	version := flag.Int("version", 2, "memberlist's protocol version; 1 pads")
	records := flag.String("records", "", "KEY,NAME,IP,MAC,VTEP of an endpoint to tell of; several with semicolons")
	seconds := flag.Int("seconds", 10, "how long to stay")
	leave := flag.Bool("leave", false, "whether to leave, rather than to fall silent")
	flag.Parse()

	config := memberlist.DefaultLANConfig()
	config.Name = *name
	config.BindAddr = *bind
	config.AdvertiseAddr = *bind
	config.ProtocolVersion = uint8(*version)
	config.UDPBufferSize = 1400
	var ring [][]byte
	for _, key := range strings.Split(*keys, ",") {
		bytes, err := hex.DecodeString(key)
		check(err)
		ring = append(ring, bytes)
	}
	var err error
	config.Keyring, err = memberlist.NewKeyring(ring, ring[0])
	check(err)
	d := &delegate{name: *name}
	config.Delegate = d
	d.queue = &memberlist.TransmitLimitedQueue{NumNodes: func() int { return 3 }, RetransmitMult: 2}
	list, err := memberlist.Create(config)
	check(err)
	d.list = list
	end := time.Now().Add(time.Duration(*seconds) * time.Second)
	if *join != "" {
		_, err = list.Join([]string{*join})
		check(err)
	}
	d.queue.QueueBroadcast(broadcast(gossip(nodeEvent, &networkdb.NodeEvent{Type: 1, LTime: 1, NodeName: *name})))
	d.queue.QueueBroadcast(broadcast(
		gossip(networkEvent, &networkdb.NetworkEvent{Type: 1, LTime: 2, NodeName: *name, NetworkId: network})))

	time.Sleep(3 * time.Second)
	var events [][]byte
	for i, record := range strings.Split(*records, ";") {
		fields := strings.Split(record, ",")
		if len(fields) == 5 {
			key, taskName, ip, mac, vtep := fields[0], fields[1], fields[2], fields[3], fields[4]
			events = append(events, endpoint(d, 1, key, taskName, ip, i), peer(d, 1, key, ip, mac, vtep))
		}
	}
	if len(events) > 0 {
		for _, member := range list.Members() {
			if member.Name != *name {
				// as gossiped when it happens, and as synchronised later
				check(list.SendBestEffort(member, together(events[:2])))
				check(list.SendReliable(member, gossip(bulkSync, &networkdb.BulkSyncMessage{
					LTime: 12, NodeName: *name, Networks: []string{network}, Payload: together(events),
				})))
			}
		}
	}
	time.Sleep(time.Until(end))
	if *leave {
		d.queue.QueueBroadcast(broadcast(gossip(nodeEvent, &networkdb.NodeEvent{Type: 2, LTime: 20, NodeName: *name})))
		time.Sleep(time.Second)
		check(list.Leave(2 * time.Second))
	}
	check(list.Shutdown())
	fmt.Fprintln(os.Stderr, *name, "of", net.ParseIP(*bind), "ends")
}
